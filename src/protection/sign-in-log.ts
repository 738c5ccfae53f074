import { createHmac } from 'node:crypto'
import { sha256 } from '../foundation/hashing.ts'
import { isRefusal } from '../foundation/refusal.ts'
import type { Tx } from '../storage/database.ts'
import { accountOperations } from './accounts-contract.ts'
import type { Actor } from './actor.ts'
import { saltOfToday } from './attempt-store.ts'
import { type Gatehouse, plainLogin, type Visitor } from './gatehouse.ts'
import type { Keeper } from './keeper.ts'
import { mustBeAllowed } from './may.ts'
import { peopleNamed } from './people-store.ts'
import { liveSession } from './session-store.ts'
import { type SignInLine, signInLines, writeSignIn } from './sign-in-log-store.ts'

/** Operations of accounts that let nobody in and change nothing: to ask what to show, to look at a link. */
const NOT_WATCHED = /^(begin|read)/

/** What is written down each time it is tried: coming in, going out, and every change of how somebody does. */
export const WATCHED: ReadonlySet<string> = new Set(
  Object.entries(accountOperations)
    .filter(([name, { method }]) => method === 'POST' && !NOT_WATCHED.test(name))
    .map(([name]) => name),
)

export interface Watching {
  /** Name of an operation. */
  readonly what: string
  /** Whoever asks; somebody without a person where nobody is in yet. */
  readonly actor: Actor
  readonly visitor: Visitor
  /** To whose account, where an administrator does it. */
  readonly about: string | undefined
  /** The login that was typed, if one was. */
  readonly login: unknown
}

/**
 * Do what is asked at the door and write down how it went, refused or done, before anybody is answered. `pass` is the one
 * that was given out, by which it is known who came in. What came of
 * accounts is in the ledger too; this is where tries are, and what is no change of the record.
 *
 * @throws whatever `work` throws
 */
export async function watched<Result>(
  house: Gatehouse,
  { what, actor, visitor, about, login }: Watching,
  work: () => Promise<{ result: Result; pass: string | null }>,
): Promise<Result> {
  const { owner } = house.database
  const note = async (outcome: string, letIn: { organisation: string; person: string } | null) => {
    const { salt } = await saltOfToday(owner, house.home)
    const network = createHmac('sha256', salt).update(`network ${visitor.address}`).digest('hex').slice(0, 8)
    const known = letIn ?? (actor.person === '' ? null : actor)
    const who = known ?? (typeof login === 'string' ? { login: plainLogin(login) } : null)
    await writeSignIn(owner, {
      home: house.home,
      who,
      about: about ?? null,
      what,
      outcome,
      device: visitor.device,
      network,
    })
  }
  const { result, pass } = await work().catch(async (error: unknown) => {
    if (isRefusal(error)) await note(error.code, null)
    throw error
  })
  await note('done', pass === null ? null : await liveSession(owner, sha256(pass)))
  return result
}

/** What is done at the server's own terminal and changes who may come in. Nobody knows who sits there. */
export type AtTerminal = 'terminalReset' | 'terminalOrganisation' | 'terminalRestore'

/** Write a line of it, for the person whose account it is about and for whoever audits or administers there. */
export async function noteAtTerminal(
  keeper: Keeper,
  { organisation, about, what }: { organisation: string; about: string | null; what: AtTerminal },
): Promise<void> {
  await writeSignIn(keeper, {
    home: organisation,
    who: null,
    about,
    what,
    outcome: 'done',
    device: '',
    network: '',
  })
}

/**
 * What happened at the door: of oneself, and for an auditor or administrator of everybody here. Row security says which
 * lines those are.
 */
export async function readSignIns(
  tx: Tx,
  asked: { before: number | null; limit: number },
): Promise<
  (Omit<SignInLine, 'person' | 'about'> & { who: string | null; about: string | null; mine: boolean })[]
> {
  mustBeAllowed(tx.actor, 'enter')
  const lines = await signInLines(tx, asked)
  const names = await peopleNamed(
    tx,
    lines.flatMap(({ person, about }) => [person, about].filter((one) => one !== null)),
  )
  const named = (person: string | null) => (person === null ? null : (names.get(person) ?? person))
  return lines.map(({ person, about, ...line }) => ({
    ...line,
    who: named(person),
    about: named(about),
    mine: person === tx.actor.person || about === tx.actor.person,
  }))
}
