import { isAtHome, may, mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'
import { RECEIPTS } from './verify-now.ts'
import type { VerifyResult } from './verify-record.ts'

/** What a finding is about that stands in the ledger itself, which everybody with a role reads; of the folder, or the program. */
const OF_THE_LEDGER = ['entry', 'checkpoint', 'tile', 'roll call', 'ledger', 'receipt', 'migration']
/** Any id, wherever it stands in a sentence. */
const IDS = /\b[a-z]{3}_[0-9a-z]{20}\b/g

/** A verification as one person is told of it. */
export type ShownResult = VerifyResult & {
  /** How many things are altered that are not named to this person. */
  readonly unnamed: number
}

/**
 * What whoever asks is told of a verification: the answer is everybody's, and named is what they may see. Of the rest they
 * learn how much it is. Whoever audits is named everything, by its id, and no content; of another organisation on this server
 * only those whose server it is.
 */
export async function shownTo(
  tx: Tx,
  result: VerifyResult,
  { home }: { readonly home?: string | undefined },
): Promise<ShownResult> {
  const { actor } = tx
  mustBeAllowed(actor, 'verify')
  const { organisation } = actor
  const audits = may(actor, 'audit', { organisation, level: 'organisation' })
  const theirs = result.altered.filter(({ what }) => what !== 'organisation' || isAtHome(actor, home))
  if (audits) return { ...result, altered: theirs, unnamed: result.altered.length - theirs.length }
  const named = theirs.map((one) => ({ one, ids: idsOf(one.id, one.sentence) }))
  const seen = await visible(tx, [...named.flatMap(({ ids }) => ids), ...result.erased])
  const altered = named
    .filter(({ one, ids }) =>
      OF_THE_LEDGER.includes(one.what)
        ? ids.every((id) => id.startsWith('ent_') || id.startsWith('prc_') || seen.has(id))
        : ids.length > 0 && ids.every((id) => seen.has(id)),
    )
    .map(({ one }) => one)
  return {
    ...result,
    altered,
    unnamed: result.altered.length - altered.length,
    erased: result.erased.filter((id) => seen.has(id)),
    grounds: Object.fromEntries(Object.entries(result.grounds).filter(([id]) => seen.has(id))),
    // How files in the folder are called is for whoever keeps it.
    cannotTell: result.cannotTell.map((one) => one.replace(KEPT, 'A receipt in the folder: ')),
  }
}

const KEPT = new RegExp(`^${RECEIPTS}/.*?\\.json: `)

function idsOf(...texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.match(IDS) ?? [])
}

/** Those of these records of which whoever asks may see any revision. */
async function visible(tx: Tx, records: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ record: string }>(
    'select distinct record from revision where organisation = $1 and record = any($2)',
    [tx.actor.organisation, [...new Set(records)]],
  )
  return new Set(rows.map(({ record }) => record))
}
