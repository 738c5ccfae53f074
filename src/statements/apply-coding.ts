import { isRefusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Changed } from '../ledger/record-kind.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import type { Tx } from '../storage/database.ts'
import { Anchorer } from './anchor-items.ts'
import type { CodedItem } from './coded-item.ts'
import {
  type CodingHead,
  type CodingItem,
  headNotKept,
  membersNotKept,
  readCodingItem,
} from './coding-format.ts'
import { ItemRecorder } from './record-item.ts'
import { AspectResolver } from './resolve-aspects.ts'
import { MatterResolver } from './resolve-matters.ts'

export interface CodingOutcome {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Always 0: a file never removes what it does not list. */
  readonly removed: 0
  readonly refused: number
  /** Links that could not be made; their statements are recorded without them. */
  readonly linksRefused: number
  readonly items: readonly CodedItem[]
  /** What is to be said of the head of the file. */
  readonly notes: readonly { code: string; sentence: string }[]
  readonly receipt: Receipt | null
}

/**
 * Apply a coding file to a dossier, in one transaction and one ledger entry: every item that can be placed is
 * recorded, every other one is refused by name, and the same file a second time changes nothing.
 */
export async function applyCoding(tx: Tx, dossier: KnownDossier, file: CodingHead): Promise<CodingOutcome> {
  mustBeAllowed(tx.actor, 'code', {
    organisation: tx.actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const { readable, refused } = readItems(file.items)
  const matters = await MatterResolver.open(tx, dossier, {
    matters: file.matters,
    items: readable.map(({ item }) => item),
  })
  const aspects = await AspectResolver.open(tx, dossier, file.aspects)
  const names = new Set(readable.flatMap(({ item }) => item.target.map((target) => target.source)))
  const anchorer = await Anchorer.open(tx, dossier, { names: [...names], listed: file.sources })
  const recorder = await ItemRecorder.open(tx, { dossier, matters, aspects, anchorer })
  const outcomes = new Map<number, CodedItem>(refused.map((one) => [one.place, one.outcome]))
  await recorder.expect(
    tx,
    readable.map(({ item }) => item),
  )
  const placed: typeof readable = []
  for (const one of readable) {
    const refusal = prepareOne(recorder, one)
    if (refusal) outcomes.set(one.place, refusal)
    else placed.push(one)
  }
  for (const { item, place, notes } of placed) {
    const outcome = recorder.record(item)
    outcomes.set(place, { ...outcome, warnings: [...notes, ...outcome.warnings] })
  }
  recorder.linkWaiting()
  const changes = inWritingOrder([
    ...matters.changes,
    ...aspects.changes,
    ...anchorer.changes,
    ...recorder.changes,
  ])
  const receipt =
    changes.length > 0
      ? await change(tx, `applied the coding file ${file.label ?? 'without a label'}`, changes)
      : null
  const items = [...outcomes.entries()].sort(([a], [b]) => a - b).map(([, outcome]) => outcome)
  return { ...countsOf(items), removed: 0, items, notes: headNotKept(file), receipt }
}

function readItems(items: readonly unknown[]) {
  const readable: { item: CodingItem; place: number; notes: CodedItem['warnings'] }[] = []
  const refused: { place: number; outcome: CodedItem }[] = []
  const seen = new Map<string, number>()
  for (const [place, raw] of items.entries()) {
    try {
      const item = readCodingItem(raw)
      const twice = item.id === undefined ? undefined : seen.get(item.id)
      if (twice !== undefined) {
        const sentence = `The file has the id "${item.id}" twice, at items ${twice + 1} and ${place + 1}; give the second one an id of its own.`
        const outcome: CodedItem = {
          item: nameOf(item, place),
          outcome: 'refused',
          code: 'item_twice',
          sentence,
          warnings: [],
        }
        refused.push({ place, outcome })
        continue
      }
      if (item.id !== undefined) seen.set(item.id, place)
      readable.push({ item, place, notes: membersNotKept(raw) })
    } catch (error) {
      refused.push({ place, outcome: refusedItem(error, nameOf(raw, place)) })
    }
  }
  return { readable, refused }
}

function prepareOne(
  recorder: ItemRecorder,
  { item, place }: { item: CodingItem; place: number },
): CodedItem | null {
  try {
    recorder.prepare(item)
    return null
  } catch (error) {
    return refusedItem(error, nameOf(item, place))
  }
}

function refusedItem(error: unknown, item: string): CodedItem {
  if (!isRefusal(error)) throw error
  return { item, outcome: 'refused', code: error.code, sentence: error.message, warnings: [] }
}

function nameOf(item: unknown, place: number): string {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined
  return typeof id === 'string' ? id : `item ${place + 1}`
}

/** Rows point only at rows written before them. */
function inWritingOrder(changes: readonly Changed[]): Changed[] {
  const order = ['matter', 'aspect', 'passage', 'statement', 'remark', 'link', 'emendation']
  return [...changes].sort((a, b) => order.indexOf(a.kind.name) - order.indexOf(b.kind.name))
}

function countsOf(items: readonly CodedItem[]) {
  const count = (outcome: CodedItem['outcome']) => items.filter((item) => item.outcome === outcome).length
  return {
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    linksRefused: items
      .flatMap(({ warnings }) => warnings)
      .filter(({ code }) => code === 'link_rel_unknown' || code === 'link_target_unknown').length,
  }
}
