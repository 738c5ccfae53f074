import { isRefusal } from '../foundation/refusal.ts'
import type { Command } from './command.ts'
import { EXIT, UsageError } from './usage.ts'

/** Loaded one by one, so that `rapporteur --help` does not load a database driver. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./start.ts')).start,
  organisation: async () => (await import('./organisation.ts')).organisation,
  import: async () => (await import('./import.ts')).importCommand,
  read: async () => (await import('./read.ts')).read,
  code: async () => (await import('./code.ts')).code,
  check: async () => (await import('./check.ts')).check,
  search: async () => (await import('./search.ts')).search,
  show: async () => (await import('./show.ts')).show,
  package: async () => (await import('./package.ts')).packageCommand,
  verify: async () => (await import('./verify.ts')).verify,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  drill: async () => (await import('./drill.ts')).drillCommand,
  'backup-key': async () => (await import('./backup-key.ts')).backupKey,
  erasures: async () => (await import('./erasures.ts')).erasures,
  doctor: async () => (await import('./doctor.ts')).doctor,
  bench: async () => (await import('./bench.ts')).benchCommand,
}

/** Run one command line (without `node` and the script). Exit codes: blueprint §4. */
export async function runCli(args: readonly string[]): Promise<number> {
  outliveReaders()
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await helpText())
    return name === undefined ? EXIT.usage : EXIT.done
  }
  if (name === '--version') {
    const { programVersion } = await import('../foundation/version.ts')
    process.stdout.write(`${programVersion()}\n`)
    return EXIT.done
  }
  const load = COMMANDS[name]
  if (!load) {
    process.stderr.write(`rapporteur: there is no command "${name}"; "rapporteur --help" lists them.\n`)
    return EXIT.usage
  }
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${command.usage}\n\n${command.summary}\n`)
    return EXIT.done
  }
  try {
    return await command.run(rest)
  } catch (error) {
    return explain(error, { command, json: rest.includes('--json') })
  }
}

/**
 * Whoever reads the answer may go before its end (`… | head -1`). What is written after that is lost, and nothing else is
 * changed by it: the work goes on, and its exit code tells how it ended.
 */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners('error').includes(goOn)) stream.on('error', goOn)
}

function goOn(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error
}

function explain(error: unknown, { command, json }: { command: Command; json: boolean }): number {
  const inJson = (code: string, sentence: string) => {
    if (json) process.stdout.write(`${JSON.stringify({ error: { code, sentence } })}\n`)
  }
  if (error instanceof UsageError) {
    inJson('wrong_usage', error.message)
    process.stderr.write(`rapporteur: ${error.message}\n${command.usage}\n`)
    return EXIT.usage
  }
  if (isRefusal(error)) {
    inJson(error.code, error.message)
    process.stderr.write(`rapporteur: ${error.message} (${error.code})\n`)
    if (WRONG_USAGE.has(error.code)) return EXIT.usage
    return MACHINE.has(error.code) ? EXIT.failed : EXIT.refused
  }
  const sentence = `this machine failed to do it: ${describe(error)}`
  inJson('machine_failed', sentence)
  process.stderr.write(`rapporteur: ${sentence}\n`)
  return EXIT.failed
}

/**
 * Refusals of what was typed or named on the command line, before anything of it is looked at: nothing was done, and no
 * item stands for itself.
 */
const WRONG_USAGE = new Set([
  'slug_unreadable',
  'coding_unreadable',
  'coding_format_unknown',
  'file_unreadable',
  'file_unwritable',
  'leaving_unreadable',
])

/** Refusals that are about the machine and not about what was asked. */
const MACHINE = new Set([
  'already_running',
  'platform_unsupported',
  'folder_synced',
  'folder_network',
  'folder_not_ascii',
  'folder_shared',
  'folder_incomplete',
  'engine_version',
  'database_lost',
  'database_unfit',
  'record_newer',
  'migration_changed',
  'engine_failed',
  'ledger_altered',
  'database_unreachable',
  'database_gone',
  'record_elsewhere',
  'restore_unfinished',
  'port_taken',
])

function describe(error: unknown): string {
  if (process.env.RAPPORTEUR_DEBUG)
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  return error instanceof Error ? error.message : String(error)
}

async function helpText(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(12)} ${(await load()).summary}`),
  )
  return [
    'rapporteur: who said what about it, at which words, and what became of it.',
    '',
    'Usage: rapporteur COMMAND [--data DIR | --sample] [--json] …',
    '',
    ...lines,
    '',
    'DIR is where the record lives; without --data it is the folder "rapporteur" in your home, and with --sample',
    'the folder of the sample, "rapporteur-sample".',
    'Where the record is an organisation’s, a token in RAPPORTEUR_TOKEN or --token-file FILE says for whom a command works.',
    'Exit codes: 0 done, 1 something was refused, 2 wrong usage, 3 cannot tell (verify), 4 the machine failed.',
    '',
  ].join('\n')
}
