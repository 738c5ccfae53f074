import { Refusal } from '../foundation/refusal.ts'
import type { Tx } from '../storage/database.ts'
import { type KnownLevelChange, levelChangesOf, newestOf } from './level-store.ts'
import type { LevelChangeView } from './levels-contract.ts'
import { may, mustBeAllowed } from './may.ts'
import { peopleNamed } from './people-store.ts'
import { hasFixedLevel } from './raise-level.ts'

export interface LevelPage {
  readonly level: string
  readonly within: string | null
  readonly fixed: boolean
  readonly dossier: string | null
  readonly changes: LevelChangeView[]
}

/**
 * Who may see a record, and how that was raised or lowered.
 *
 * @throws Refusal `not_there`
 */
export async function levelPage(tx: Tx, record: string): Promise<LevelPage> {
  mustBeAllowed(tx.actor, 'read')
  const [known] = await newestOf(tx, [record])
  if (!known) throw new Refusal('not_there', 'There is no such record; look whether its address is right.')
  const { level, case: within, kind, state } = known
  return {
    level,
    within,
    fixed: hasFixedLevel(kind),
    dossier: kind === 'dossier' ? record : await dossierOf(tx, state.body),
    changes: await views(tx, await levelChangesOf(tx, { record })),
  }
}

/** Lowerings that wait for a second person, the latest first. */
export async function waitingLowerings(tx: Tx): Promise<LevelChangeView[]> {
  mustBeAllowed(tx.actor, 'read')
  return views(tx, await levelChangesOf(tx, { state: 'proposed' }))
}

/** Readings and passages belong to their source's dossier. */
async function dossierOf(tx: Tx, body: Readonly<Record<string, unknown>>): Promise<string | null> {
  if (typeof body.dossier === 'string') return body.dossier
  if (typeof body.source !== 'string') return null
  const [source] = await newestOf(tx, [body.source])
  return typeof source?.state.body.dossier === 'string' ? source.state.body.dossier : null
}

/** As many records of one proposal as are named; `together` has all. */
const NAMED = 200

async function views(tx: Tx, known: readonly KnownLevelChange[]): Promise<LevelChangeView[]> {
  const names = await peopleNamed(
    tx,
    known.flatMap(({ change: { by, decidedBy } }) => [by, ...(decidedBy === null ? [] : [decidedBy])]),
  )
  const named = known.flatMap(({ change: { together } }) => together.slice(0, NAMED))
  const records = new Map((await newestOf(tx, [...new Set(named)])).map((one) => [one.record, one]))
  const { organisation, person } = tx.actor
  return known.map(({ id, level, case: of, change }) => ({
    ...change,
    id,
    byName: names.get(change.by) ?? change.by,
    decidedByName: change.decidedBy === null ? null : (names.get(change.decidedBy) ?? change.decidedBy),
    records: change.together.slice(0, NAMED).flatMap((one) => {
      const record = records.get(one)
      return record ? [{ id: one, kind: record.kind, title: titleOf(record.state.body) }] : []
    }),
    yours:
      change.state === 'proposed' &&
      change.by !== person &&
      may(tx.actor, 'lower', { organisation, level, case: of }),
  }))
}

function titleOf(body: Readonly<Record<string, unknown>>): string {
  const found = [body.title, body.name, body.proposition, body.exact, body.item].find(
    (one): one is string => typeof one === 'string',
  )
  return found?.slice(0, 200) ?? ''
}
