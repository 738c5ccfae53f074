import { kindOfId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { RecordKind } from '../ledger/record-kind.ts'
import type { Tx } from '../storage/database.ts'
import { type Use, usesThatCarried } from './consent-store.ts'
import type { Erasure } from './erasure.ts'
import {
  exportsThatCarried,
  isThere,
  leftUnspoken,
  nameOfPerson,
  originalsOnlyOf,
  reachOf,
  staysAndNames,
  titlesNow,
} from './erasure-store.ts'
import { mustBeAllowed } from './may.ts'
import { peopleNamed } from './people-store.ts'

/** Something that left the record and carried what would go. Erasing does not reach it. */
export interface CarriedOut {
  readonly at: string
  readonly by: string
  readonly way: string
  /** What left, as it is called now. */
  readonly what: string
  /** The class of recipients; null where it was not asked. */
  readonly recipient: string | null
  readonly recallable: boolean | null
}

/** What goes and what stays, before anybody decides. */
export interface ErasurePreview {
  readonly target: string
  readonly kind: string
  readonly title: string
  readonly reach: Erasure['reach']
  /** How many records of each kind would go, as far as whoever asks may see them. */
  readonly goes: Readonly<Record<string, number>>
  readonly total: number
  readonly originals: number
  /** What stays and names what goes: it will say that this was erased. */
  readonly stays: readonly { readonly id: string; readonly kind: string; readonly title: string }[]
  readonly staying: number
  /** Matters that stay and of which nothing would speak any more: people and things known from what goes alone. */
  readonly unspoken: readonly { readonly id: string; readonly kind: string; readonly title: string }[]
  /** Exports that carried it, the newest first, and how many there are. */
  readonly exports: readonly CarriedOut[]
  readonly exported: number
  /** Uses of what people of the open case told, with the name of who received it. */
  readonly uses: readonly (CarriedOut & { readonly recipientName: string })[]
  readonly used: number
  /** Backups made since it is on record; a restore of one erases it again. */
  readonly backups: number
  readonly lastBackup: string | null
}

/** Parts that go with the record they belong to, and what says who did what here, are not erased by themselves. */
const NOT_ALONE = [
  'reading',
  'passage',
  'aspect',
  'link',
  'emendation',
  'membership',
  'access',
  'use',
  'erasure',
  'processing',
  'review',
]
/** As many as a person reads through. */
const LISTED = 50

/**
 * What an erasure would take, and what it would leave without its ground.
 *
 * @throws Refusal `not_there`, `part_of_another`, `still_works_here`
 */
export async function previewErasure(
  tx: Tx,
  { target, reach, kinds }: { target: string; reach: Erasure['reach']; kinds: readonly RecordKind[] },
): Promise<ErasurePreview> {
  mustBeAllowed(tx.actor, 'propose erasure')
  const name = kindOfId(target)
  if (name === 'person') return previewOfPerson(tx, { target, reach })
  const kind = kinds.find((one) => one.name === name)
  if (!kind || !(await isThere(tx, kind.table, target)))
    throw new Refusal('not_there', 'There is no such record; look whether its address is right.')
  if (NOT_ALONE.includes(kind.name)) {
    const sentence =
      'This is part of another record, or tells who did what; erase the record that it belongs to.'
    throw new Refusal('part_of_another', sentence)
  }
  const ids = await reachOf(tx, target, reach)
  const going = new Set(ids)
  const staying = (await staysAndNames(tx, ids)).filter((id) => !going.has(id))
  const unspoken = await leftUnspoken(tx, ids)
  const titles = await titlesNow(tx, [target, ...staying.slice(0, LISTED), ...unspoken.slice(0, LISTED)])
  const named = (one: readonly string[]) =>
    one.slice(0, LISTED).map((id) => ({ id, kind: kindOfId(id) ?? 'record', title: titles.get(id) ?? '' }))
  const goes: Record<string, number> = {}
  for (const id of ids) {
    const of = kindOfId(id) ?? 'record'
    goes[of] = (goes[of] ?? 0) + 1
  }
  return {
    target,
    kind: kind.name,
    title: titles.get(target) ?? '',
    reach,
    goes,
    total: ids.length,
    originals: await originalsOnlyOf(tx, ids),
    stays: named(staying),
    staying: staying.length,
    unspoken: named(unspoken),
    ...(await carriedOut(tx, ids)),
  }
}

/** Of somebody who worked here: their name, login and ways in. What they did stays, under their id. */
async function previewOfPerson(
  tx: Tx,
  { target, reach }: Pick<ErasurePreview, 'target' | 'reach'>,
): Promise<ErasurePreview> {
  const known = await nameOfPerson(tx, target)
  if (!known) throw new Refusal('not_there', 'There is no such record; look whether its address is right.')
  if (known.here)
    throw new Refusal(
      'still_works_here',
      'Whoever works here is known by name to the others; end their membership first.',
    )
  const { name: title } = known
  return {
    ...{ target, kind: 'person', title, reach, goes: { person: 1 }, total: 1, originals: 0 },
    ...{ stays: [], staying: 0, unspoken: [], exports: [], exported: 0, uses: [], used: 0 },
    ...{ backups: 0, lastBackup: null },
  }
}

async function carriedOut(
  tx: Tx,
  ids: readonly string[],
): Promise<Pick<ErasurePreview, 'exports' | 'exported' | 'uses' | 'used' | 'backups' | 'lastBackup'>> {
  const all = await exportsThatCarried(tx, ids)
  const [exports, backups] = [
    all.filter(({ kind }) => kind !== 'backup'),
    all.filter(({ kind }) => kind === 'backup'),
  ]
  const uses = await usesThatCarried(tx, ids)
  const shown = { exports: exports.slice(0, LISTED), uses: uses.slice(0, LISTED) }
  const names = await peopleNamed(
    tx,
    [...shown.exports, ...shown.uses].map(({ person }) => person),
  )
  const titles = await titlesNow(
    tx,
    shown.exports.map(({ thing }) => thing),
  )
  const by = (person: string) => names.get(person) ?? person
  return {
    exports: shown.exports.map(({ at, person, kind, thing, recipient, recallable }) => ({
      at,
      by: by(person),
      way: kind,
      what: titles.get(thing) ?? '',
      recipient,
      recallable,
    })),
    exported: exports.length,
    uses: shown.uses.map(({ at, person, exit, output, recipient, recipientName, recallable }: Use) => ({
      at,
      by: by(person),
      way: exit,
      what: output,
      recipient,
      recipientName,
      recallable,
    })),
    used: uses.length,
    backups: backups.length,
    lastBackup: backups[0]?.at ?? null,
  }
}
