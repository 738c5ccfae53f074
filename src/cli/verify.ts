import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { organisationsIn } from '../ledger/organisations.ts'
import { logAtHand, verifyNow } from '../ledger/verify-now.ts'
import { verifyReceipt } from '../ledger/verify-receipt.ts'
import { atThisTerminal } from '../protection/at-terminal.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import { isPackage, verifyPackage } from '../publication/verify-package.ts'
import { openWorkspace } from '../storage/workspace.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { dataFolder, leaveOnSignal, tell } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

/** What every kind of verification answers. */
interface Verified {
  readonly state: 'intact' | 'altered' | 'cannot tell'
  readonly altered: readonly { what: string; id: string; sentence: string }[]
  readonly cannotTell: readonly string[]
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
    const result = await verifyPath(path ?? dataFolder(values), { since, data })
    output.object(result)
    explain(result, output)
    if (result.state === 'altered') return EXIT.refused
    return result.state === 'intact' ? EXIT.done : EXIT.cannotTell
  },
}

async function verifyPath(
  path: string,
  { since, data }: { since: string | undefined; data: string | undefined },
): Promise<Verified> {
  const about = existsSync(path) ? statSync(path) : null
  if (about?.isFile()) {
    const head = headOf(path)
    if (isPackage(head) || !/^\s*\{/.test(head.toString('latin1'))) return verifyPackage(path, since)
    return verifyReceiptFile(path, { since, data })
  }
  // Opening would make a record where there is none, and an empty record is always intact.
  if (!existsSync(join(path, 'rapporteur.json'))) {
    return nothing(`There is no record, package or receipt at ${path}; name one.`)
  }
  return inRecord(path, async (workspace) => {
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
  { since, data }: { since: string | undefined; data: string | undefined },
): Promise<Verified> {
  const text = readFileSync(path, 'utf8')
  if (data === undefined) return verifyReceipt(text, { since })
  if (!existsSync(join(data, 'rapporteur.json')))
    return nothing(`There is no record in ${data}; name its data folder.`)
  return inRecord(data, async (workspace) => verifyReceipt(text, { since, log: await logAtHand(workspace) }))
}

async function inRecord(
  data: string,
  work: (workspace: Awaited<ReturnType<typeof openWorkspace>>) => Promise<Verified>,
): Promise<Verified> {
  const workspace = await openWorkspace({ data })
  const forget = leaveOnSignal(workspace)
  tell(workspace)
  try {
    const actor = await atThisTerminal(workspace)
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
