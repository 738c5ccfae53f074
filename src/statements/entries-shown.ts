import type { Account, AccountEntry, Conflict } from './account.ts'

/** Entries that come with a page, over all its accounts; the rest is fetched when somebody asks for it. */
const FIRST = 100
/** Entries of each account at least, however many accounts there are. */
const LEAST = 6
/** Statements of each conflict that come with the page wherever they stand, and of all conflicts together. */
const OF_CONFLICT = 4
const OF_CONFLICTS = 60

/** What is shown of one account. */
export interface Shown {
  readonly account: Account
  readonly entries: readonly AccountEntry[]
  /** The offset from which to fetch more; null where nothing is left. */
  readonly next: number | null
}

/** The first entries of each account, as many of each as fit on a page, and the first of each conflict. */
export function firstEntries(accounts: readonly Account[], conflicts: readonly Conflict[]): Shown[] {
  const share = shareOf(accounts.map(({ entries }) => entries.length))
  const concerned = new Set(
    conflicts.flatMap(({ statements }) => statements.slice(0, OF_CONFLICT)).slice(0, OF_CONFLICTS),
  )
  return accounts.map((account) => {
    const rest = account.entries.slice(share).filter(({ statement }) => concerned.has(statement))
    return {
      account,
      entries: [...account.entries.slice(0, share), ...rest],
      next: share < account.entries.length ? share : null,
    }
  })
}

/** A hundred entries of one account, from an offset on. */
export function entriesFrom(account: Account, offset: number): Shown {
  const end = offset + FIRST
  return {
    account,
    entries: account.entries.slice(offset, end),
    next: end < account.entries.length ? end : null,
  }
}

/** The largest number of which, taken from each account that has so many, the page still holds all. */
function shareOf(lengths: readonly number[]): number {
  let share = FIRST
  const taken = () => lengths.reduce((sum, length) => sum + Math.min(length, share), 0)
  while (share > LEAST && taken() > FIRST) share -= 1
  return share
}
