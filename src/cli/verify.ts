import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { organisationsIn } from '../ledger/organisations.ts'
import { logAtHand, verifyNow } from '../ledger/verify-now.ts'
import { verifyReceipt } from '../ledger/verify-receipt.ts'
import { shownTo } from '../ledger/verify-shown.ts'
import { actingFor, atThisTerminal } from '../protection/at-terminal.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import { isPackage, verifyPackage } from '../publication/verify-package.ts'
import { readAs } from '../storage/database.ts'
import { openWorkspace, type Workspace } from '../storage/workspace.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { dataFolder, leaveOnSignal, tell, tokenOf } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

/** What every kind of verification answers. */
interface Verified {
  readonly state: 'intact' | 'altered' | 'cannot tell'
  readonly altered: readonly { what: string; id: string; sentence: string }[]
  readonly cannotTell: readonly string[]
  /** How many more things are altered than this person may be named. */
  readonly unnamed?: number
  readonly erased?: readonly string[]
  readonly grounds?: Readonly<Record<string, { readonly at: string; readonly ground: string }>>
  readonly limits?: readonly string[]
  readonly rollback: string
  readonly checkpoint?: string | null
  readonly key?: string | null
  readonly entries?: number
  readonly records?: number
  /** Where several organisations work on one server. */
  readonly organisations?: readonly { name: string; state: string; checkpoint: string | null }[]
}

export const verify: Command = {
  summary: 'check a record, a package or a receipt against its ledger, offline',
  usage:
    'rapporteur verify [PATH] [--since CHECKPOINT] [--data DIR | --sample] [--json]   (a data folder, a package, or a receipt, which --data or --sample holds against that record; without PATH the record itself)',
  async run(args) {
    const { values, positionals } = readArguments(args, { since: { type: 'string' } })
    const [path, ...more] = positionals
    positional(more, { count: 0, what: 'one data folder, package or receipt' })
    const output = new Output(values.json)
    const since = values.since === undefined ? undefined : checkpointText(values.since)
    const named = values.data !== undefined || values.sample
    const data = named ? dataFolder(values) : undefined
    const result = await verifyPath(path ?? dataFolder(values), { since, data, token: tokenOf(values) })
    output.object(result)
    explain(result, output)
    if (result.state === 'altered') return EXIT.refused
    return result.state === 'intact' ? EXIT.done : EXIT.cannotTell
  },
}

async function verifyPath(
  path: string,
  { since, data, token }: { since: string | undefined; data: string | undefined; token: string | undefined },
): Promise<Verified> {
  const about = existsSync(path) ? statSync(path) : null
  if (about?.isFile()) {
    const head = headOf(path)
    if (isPackage(head) || !/^\s*\{/.test(head.toString('latin1'))) return verifyPackage(path, since)
    return verifyReceiptFile(path, { since, data, token })
  }
  // Opening would make a record where there is none, and an empty record is always intact.
  if (!existsSync(join(path, 'rapporteur.json'))) {
    return nothing(`There is no record, package or receipt at ${path}; name one.`)
  }
  return inRecord(path, token, async (workspace) => {
    if (token) return verifiedFor(workspace, since)
    const [first, ...further] = await organisationsIn(workspace)
    const whole = await verifyNow(workspace, { kinds: ALL_KINDS, since })
    const results = [{ name: first?.name ?? '', ...whole }]
    for (const { organisation, name } of further) {
      const actor = { ...workspace.actor, organisation }
      results.push({ name, ...(await verifyNow({ ...workspace, actor }, { kinds: ALL_KINDS })) })
    }
    return together(results)
  })
}

/** As the person of a token is told of it. */
async function verifiedFor(workspace: Workspace, since: string | undefined): Promise<Verified> {
  const { database, actor, key } = workspace
  const whole = await verifyNow(workspace, { kinds: ALL_KINDS, since })
  return readAs(database, actor, (tx) => shownTo(tx, whole, key))
}

/** The ledgers of several organisations on one server: each is whole by itself, or the record is not. */
function together(results: readonly (Verified & { name: string })[]): Verified {
  const [{ name: _, ...whole }, ...further] = results as [Verified & { name: string }]
  if (further.length === 0) return whole
  const states = results.map(({ state }) => state)
  return {
    ...whole,
    state:
      (['altered', 'cannot tell', 'intact'] as const).find((one) => states.includes(one)) ?? 'cannot tell',
    altered: results.flatMap(({ altered }) => altered),
    cannotTell: results.flatMap(({ cannotTell }) => cannotTell),
    erased: results.flatMap(({ erased }) => erased ?? []),
    limits: [...new Set(results.flatMap(({ limits }) => limits ?? []))],
    entries: results.reduce((sum, { entries }) => sum + (entries ?? 0), 0),
    records: results.reduce((sum, { records }) => sum + (records ?? 0), 0),
    organisations: results.map(({ name, state, checkpoint }) => ({
      name,
      state,
      checkpoint: checkpoint ?? null,
    })),
  }
}

async function verifyReceiptFile(
  path: string,
  { since, data, token }: { since: string | undefined; data: string | undefined; token: string | undefined },
): Promise<Verified> {
  const text = readFileSync(path, 'utf8')
  if (data === undefined) return verifyReceipt(text, { since })
  if (!existsSync(join(data, 'rapporteur.json')))
    return nothing(`There is no record in ${data}; name its data folder.`)
  return inRecord(data, token, async (workspace) =>
    verifyReceipt(text, { since, log: await logAtHand(workspace) }),
  )
}

async function inRecord(
  data: string,
  token: string | undefined,
  work: (workspace: Workspace) => Promise<Verified>,
): Promise<Verified> {
  const workspace = await openWorkspace({ data })
  const forget = leaveOnSignal(workspace)
  tell(workspace)
  try {
    // Whoever shows a token is told what its person may be told; without one it is whoever keeps the machine.
    const actor = token ? await actingFor(workspace, token) : await atThisTerminal(workspace)
    return await work({ ...workspace, actor })
  } finally {
    await workspace.close()
    forget()
  }
}

function nothing(sentence: string): Verified {
  return { state: 'cannot tell', altered: [], erased: [], cannotTell: [sentence], rollback: 'not ruled out' }
}

function explain(result: Verified, output: Output): void {
  for (const { what, id, sentence } of result.altered) output.line(`altered: ${what} ${id}: ${sentence}`)
  if (result.unnamed)
    output.line(
      `altered: ${result.unnamed} more that you may not see; tell an administrator or auditor, whom verify names them.`,
    )
  for (const id of new Set(result.erased ?? [])) {
    const { at, ground } = result.grounds?.[id] ?? {}
    output.line(at === undefined ? `erased: ${id}` : `erased: ${id}, ${at.slice(0, 10)}, ${ground}`)
  }
  for (const sentence of result.cannotTell) output.line(`cannot tell: ${sentence}`)
  for (const sentence of result.limits ?? []) output.line(`note: ${sentence}`)
  const counts = result.entries === undefined ? '' : ` ${result.entries} entries, ${result.records} records;`
  output.line(`${result.state}:${counts} rollback ${result.rollback}.`)
  if (result.key)
    output.line(`Signed by this key, to be compared with one known from elsewhere:\n${result.key}`)
  if (result.checkpoint) output.line(`Newest checkpoint, to keep elsewhere:\n${result.checkpoint}`)
}

/** The first bytes of a file. */
function headOf(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(4096)
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0))
  } finally {
    closeSync(file)
  }
}

/** A checkpoint given as a file, or as its text. */
function checkpointText(given: string): string {
  if (given.includes('\n')) return given
  try {
    return readFileSync(given, 'utf8')
  } catch (cause) {
    throw new Refusal(
      'file_unreadable',
      `The checkpoint file ${given} cannot be read; check its name.`,
      {},
      { cause },
    )
  }
}
