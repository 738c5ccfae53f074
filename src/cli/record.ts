import { readFileSync } from 'node:fs'
import { constants, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { logKey } from '../ledger/log-key.ts'
import { settle } from '../ledger/settle.ts'
import { actingFor, atThisTerminal } from '../protection/at-terminal.ts'
import { myCases } from '../protection/read-cases.ts'
import { readAs } from '../storage/database.ts'
import { openWorkspace, type Workspace } from '../storage/workspace.ts'

export const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Which record a command line means. */
export interface Place {
  readonly data?: string | undefined
  readonly sample: boolean
  /** The code of a case that is opened for this command, and what the auditor reads that it did. */
  readonly case?: string | undefined
  readonly doing?: string | undefined
  /** Holds the token of whoever the command works for, where the record is an organisation's. */
  readonly 'token-file'?: string | undefined
}

/** The folder named with --data, else the one documented folder in the user's home, or the sample's beside it. */
export function dataFolder({ data, sample }: Place): string {
  if (data !== undefined) return resolve(data)
  return join(homedir(), sample ? 'rapporteur-sample' : 'rapporteur')
}

/**
 * Open the record, work on it, and leave in order: every entry made here is placed in the ledger before the command
 * ends, and the database is stopped unless somebody else uses it.
 */
export async function withRecord<Result>(
  place: Place,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const token = tokenOf(place)
  return inRecord(place, async (workspace) => {
    const actor = await actingFor(workspace, token)
    const theirs = { ...workspace, actor, key: logKey(workspace.key, actor.organisation) }
    return work(await entered(theirs, place))
  })
}

/** The same for what needs no token: whoever is at this terminal can read the folder anyway. */
export async function atTerminal<Result>(
  place: Place,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  return inRecord(place, async (workspace) => work({ ...workspace, actor: await atThisTerminal(workspace) }))
}

/** The token of whoever a command works for. @throws Refusal `file_unreadable` */
export function tokenOf({ 'token-file': path }: Pick<Place, 'token-file'>): string | undefined {
  if (path === undefined) return process.env.RAPPORTEUR_TOKEN?.trim()
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    const sentence = `The token file ${path} cannot be read; check its name and your rights.`
    throw new Refusal('file_unreadable', sentence, {}, { cause })
  }
}

async function inRecord<Result>(
  place: Place,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const workspace = await openWorkspace({ data: dataFolder(place) })
  const forget = leaveOnSignal(workspace)
  tell(workspace)
  try {
    const result = await work(workspace)
    await settle(workspace, { last: true })
    return result
  } finally {
    await workspace.close()
    forget()
  }
}

/**
 * The same record as the database knows whoever asks, with the case opened that was named: nothing is begun for a session
 * that ended.
 *
 * @throws Refusal `signed_out`; `not_there`, in the same words for absent and forbidden
 */
async function entered<Opened extends Workspace>(
  workspace: Opened,
  { case: code, doing }: Pick<Place, 'case' | 'doing'> = {},
): Promise<Opened> {
  const { database } = workspace
  const known = await readAs(database, workspace.actor, async (tx) => tx.actor)
  const actor = { ...known, ...(doing === undefined ? {} : { doing }) }
  if (code === undefined) return { ...workspace, actor }
  const found = (await readAs(database, actor, myCases)).find((one) => one.code === code.toUpperCase())
  if (!found) throw new Refusal('not_there', `There is no case ${code} of yours; look at its code again.`)
  return { ...workspace, actor: { ...actor, cases: [found.id] } }
}

/** What was done while the record was opened; on stderr, so that it never mixes with an answer. */
export function tell({ notices }: Pick<Workspace, 'notices'>): void {
  for (const notice of notices) process.stderr.write(`rapporteur: ${notice}\n`)
}

/** Told to end in the middle of its work, a command gives it up and does not leave the database running. */
export function leaveOnSignal(workspace: Pick<Workspace, 'abandon'>): () => void {
  const leave = (signal: NodeJS.Signals) => {
    void workspace.abandon().finally(() => process.exit(128 + constants.signals[signal]))
  }
  for (const signal of ENDING) process.once(signal, leave)
  return () => {
    for (const signal of ENDING) process.off(signal, leave)
  }
}
