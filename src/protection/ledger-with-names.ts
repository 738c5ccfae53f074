import {
  type ChangePlace,
  entriesBefore,
  type ListedEntry,
  ledgerState,
  type RecentChange,
  recentChanges,
} from '../ledger/ledger-page.ts'
import type { Tx } from '../storage/database.ts'
import type { Role } from './actor.ts'
import { mustBeAllowed } from './may.ts'
import { isCleared } from './membership.ts'
import { organisationOf } from './membership-store.ts'
import { peopleNamed } from './people-store.ts'

/** The ledger as people read it: how far it reaches, and entries with the names of who made them. */
export async function readLedger(
  tx: Tx,
  { before, limit }: { before: number | null; limit: number },
): Promise<Awaited<ReturnType<typeof ledgerState>> & { entries: ListedEntry[] }> {
  mustBeAllowed(tx.actor, 'verify')
  const entries = await entriesBefore(tx, before, limit)
  return { ...(await ledgerState(tx)), entries: await withNames(tx, entries) }
}

/** What was changed lately, with names; where the next page begins, null on the last one. */
export async function readChanges(
  tx: Tx,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ changes: (RecentChange & { items: number })[]; next: string | null }> {
  mustBeAllowed(tx.actor, 'read')
  const { changes, next } = await recentChanges(tx, { after: placeOf(after), limit })
  return { changes: await withNames(tx, changes), next: next && `${next.at} ${next.entry}` }
}

/** A place as the page before gave it; anything else is the beginning. */
function placeOf(after = ''): ChangePlace | null {
  const [, at, entry] = /^(\d{1,16}) (ent_\w+)$/.exec(after) ?? []
  return at !== undefined && entry !== undefined ? { at, entry } : null
}

/** How far the ledger reaches, and who is acting where: what every page of everybody needs, those without content too. */
export async function readHouse(tx: Tx): Promise<{
  person: string
  alone: boolean
  organisation: string
  roles: readonly Role[]
  cleared: boolean
  ledger: { size: number; waiting: number; at: string | null }
}> {
  mustBeAllowed(tx.actor, 'enter')
  const { size, waiting, at } = await ledgerState(tx)
  const names = await peopleNamed(tx, [tx.actor.person])
  const { name: organisation, alone } = await organisationOf(tx)
  const { person, roles, scopes } = tx.actor
  const cleared = isCleared(roles) && (!scopes || scopes.includes('read'))
  return {
    person: names.get(person) ?? '',
    alone,
    organisation,
    roles,
    cleared,
    ledger: { size, waiting, at },
  }
}

/** Ids of people in the place `who`, as names where there still is one. */
export async function withNames<One extends { readonly who: string | null }>(
  tx: Tx,
  rows: readonly One[],
): Promise<One[]> {
  const names = await peopleNamed(
    tx,
    rows.flatMap(({ who }) => who ?? []),
  )
  return rows.map((one) => ({ ...one, who: one.who === null ? null : (names.get(one.who) ?? one.who) }))
}
