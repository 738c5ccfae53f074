import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '../src/foundation/hashing.ts'
import { isRefusal } from '../src/foundation/refusal.ts'
import { change } from '../src/ledger/change.ts'
import type { Actor } from '../src/protection/actor.ts'
import type { Exit, Leaving } from '../src/protection/exits.ts'
import { giveConsent } from '../src/protection/give-consent.ts'
import type { Allowed, Talk } from '../src/protection/grant.ts'
import { addInterlocutor } from '../src/protection/keep-interlocutor.ts'
import { openCase } from '../src/protection/open-case.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { makePackage } from '../src/publication/make-package.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { recordInterview } from '../src/sources/record-interview.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { takeOriginalOut } from '../src/sources/take-original-out.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { asActor, exportAs, type Tx } from '../src/storage/database.ts'
import type { Workspace } from '../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { A_TALK, AN_INTERVIEW } from './a-talk.ts'

/** What the auditor reads of an original that left. */
export const AN_ORIGINAL = { kind: 'original', output: 'src_of_a_test' } as const

/** A dossier with a public source, and a case with one person who told us something. */
export interface Told {
  readonly slug: string
  readonly dossier: string
  readonly case: string
  readonly person: string
  readonly pseudonym: string
  readonly source: string
  readonly sha256: string
  readonly secret: string
  readonly statement: string
}

let n = 0

/** Somebody tells something in a case of their own, in a dossier of its own. */
export async function somebodyTells(workspace: Workspace): Promise<Told> {
  n += 1
  const slug = `told-${n}`
  const secret = `Ainabat Seaborn ${n}`
  const { database, actor } = workspace
  const dossier = await asActor(database, actor, (tx) => openDossier(tx, slug))
  await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: Buffer.from(`${A_TEXT}\n${n}\n`) }])
  await asActor(database, actor, (tx) =>
    applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))),
  )
  const opened = await asActor(database, actor, (tx) =>
    openCase(tx, { dossier: dossier.id, title: 'The net cutters', reason: 'A witness came to us.' }),
  )
  const within: Actor = { ...actor, cases: [opened.id] }
  const text = `${secret} told us that nets were cut on 3 May 2021.`
  const [taken] = await takeIn({ ...workspace, actor: within }, dossier, [
    { fileName: 'talk.txt', bytes: Buffer.from(text) },
  ])
  const source = taken?.source ?? ''
  await asActor(database, within, (tx) =>
    applyCoding(tx, dossier, readCodingFile(JSON.stringify(whatWasTold(secret)))),
  )
  const { person, matter } = await asActor(database, within, async (tx) => {
    const [row] = await tx.query<{ id: string }>('select id from matter where "case" = $1', [opened.id])
    const made = await addInterlocutor(tx, { ...NOBODY, matter: row?.id ?? null })
    await recordInterview(tx, made.id, {
      facts: { ...AN_INTERVIEW, sources: [source] },
      seen: [],
      whyAgain: '',
      feedback: { due: '2026-12-24', note: '' },
    })
    return { person: made, matter: row?.id }
  })
  if (!matter) throw new Error('What was told names nobody.')
  const statement = await asActor(database, within, async (tx) => {
    const [row] = await tx.query<{ id: string }>('select id from statement where "case" = $1', [opened.id])
    return row?.id ?? ''
  })
  const { id, pseudonym } = person
  return {
    slug,
    dossier: dossier.id,
    case: opened.id,
    person: id,
    pseudonym,
    source,
    sha256: sha256Hex(text),
    secret,
    statement,
  }
}

export const NOBODY = {
  identity: null,
  channel: '',
  hours: '',
  language: 'kk',
  interpreter: null,
  risk: '',
  matter: null,
}

function whatWasTold(secret: string) {
  return {
    ...A_CODING_FILE,
    matters: [{ key: `witness-${n}`, kind: 'person', name: secret, aliases: [] }],
    aspects: {},
    items: [
      {
        id: 'W1',
        target: {
          source: 'talk.txt',
          selector: [{ type: 'TextQuoteSelector', exact: 'nets were cut on 3 May 2021' }],
        },
        body: {
          type: 'Statement',
          kind: 'testimony',
          speakers: [{ name: secret, key: `witness-${n}`, group: 'witness' }],
          about: [{ matter: 'fire-at-port-sample', aspect: 'when', value: '2021-05-03' }],
        },
      },
    ],
  }
}

/** Bring everything that was told down to the whole organisation, as a decision to lower it would. */
export async function lowered(workspace: Workspace, told: Told): Promise<void> {
  const kinds = ['source', 'reading', 'passage', 'matter', 'statement']
  await asActor(workspace.database, { ...workspace.actor, cases: [told.case] }, async (tx) => {
    const changes = []
    for (const kind of ALL_KINDS.filter(({ name }) => kinds.includes(name))) {
      const rows = await tx.query<{
        id: string
        revision: number
        body: Record<string, never>
        text?: string
      }>(`select id, revision, body${kind.text ? ', text' : ''} from ${kind.table} where "case" = $1`, [
        told.case,
      ])
      for (const { id, revision, body, text } of rows)
        changes.push({
          // The words by which search finds a reading are lowered with it.
          ...(text === undefined ? {} : { text }),
          kind,
          revision,
          regrade: true as const,
          state: { id, level: 'organisation' as const, case: null, body },
        })
    }
    await change(tx, 'lowered', changes)
  })
}

export const TALK: Talk = A_TALK
export const ALLOWED: Allowed = {
  purpose: 'court',
  recipient: 'court',
  identifiability: 'full_identity',
  conditions: '',
  from: '2026-01-01',
  to: null,
}
export const TO_COURT: Leaving = {
  purpose: 'court',
  recipient: 'court',
  recipientName: 'A court of a made-up town',
  identifiability: 'full_identity',
  conditionsRead: false,
}

/** Record a consent as the person at this computer, within the case. */
export function allow(workspace: Workspace, told: Told, ...allowed: Partial<Allowed>[]): Promise<unknown> {
  const given = allowed.map((one) => ({ ...ALLOWED, ...one }))
  return inCase(workspace, told, (tx) => giveConsent(tx, told.person, { allowed: given, talk: TALK }))
}

export function inCase<Result>(
  { database, actor }: Workspace,
  told: Told,
  work: (tx: Tx) => Promise<Result>,
  who: Actor = actor,
): Promise<Result> {
  return asActor(database, { ...who, cases: [told.case] }, work)
}

export interface Outcome {
  /** Refusal's code, or null where it left. */
  readonly code: string | null
  readonly sentence: string
  /** SHA-256 of what left. */
  readonly sha256: string | null
  /** Whether the words of the person are in it. */
  readonly told: boolean
}

/** Every exit, as whoever opens its door would use it. */
export const TAKE_OUT: Readonly<
  Record<Exit, (workspace: Workspace, told: Told, who: Actor, leaving: Leaving) => Promise<Outcome>>
> = {
  async package(workspace, told, who, leaving) {
    const file = join(workspace.folder.root, `${told.slug}.zip`)
    const dossier = await asActor(workspace.database, who, (tx) => openDossier(tx, told.slug))
    const refused = await refusalOf(makePackage({ ...workspace, actor: who }, dossier, file, leaving))
    if (!existsSync(file)) {
      if (existsSync(`${file}.part`)) throw new Error('A part of a package was left behind.')
      return { ...refused, sha256: null, told: false }
    }
    const bytes = readFileSync(file)
    rmSync(file)
    return { ...refused, sha256: sha256Hex(bytes), told: bytes.includes(told.secret) }
  },
  async original(workspace, told, who, leaving) {
    let bytes: Buffer | null = null
    const refused = await refusalOf(
      exportAs(workspace.database, who, AN_ORIGINAL, async (tx) => {
        const out = await takeOriginalOut(tx, { folder: workspace.folder, id: told.source, leaving })
        bytes = out.bytes
      }),
    )
    const left = refused.code === null && bytes !== null ? bytes : null
    return { ...refused, sha256: left && sha256Hex(left), told: left !== null }
  },
}

async function refusalOf(work: Promise<unknown>): Promise<{ code: string | null; sentence: string }> {
  return work.then(
    () => ({ code: null, sentence: '' }),
    (error: unknown) => {
      if (!isRefusal(error)) throw error
      return { code: error.code, sentence: error.message }
    },
  )
}

/** Uses of one person, as the owner of the database sees them. */
export async function usesOnRecord(
  { database }: Workspace,
  person: string,
): Promise<Record<string, unknown>[]> {
  const { rows } = await database.owner.query<{ id: string; case: string; body: Record<string, unknown> }>(
    `select id, "case", body from consent_use where interlocutor = $1 order by body->>'at', id`,
    [person],
  )
  return rows.map(({ body, ...row }) => ({ ...row, ...body }))
}
