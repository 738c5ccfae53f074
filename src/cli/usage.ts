import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Wrong usage: nothing was done. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const EXIT = { done: 0, refused: 1, usage: 2, cannotTell: 3, failed: 4 } as const

type Options = NonNullable<ParseArgsConfig['options']>

/** Options that every command takes. */
const COMMON = {
  data: { type: 'string' },
  sample: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'token-file': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies Options

/** For commands that can work within an opened case. */
export const IN_CASE = { case: { type: 'string' } } as const satisfies Options

/**
 * Read a command's arguments.
 *
 * @throws UsageError with one sentence that names what is wrong
 */
export function readArguments<const Given extends Options>(args: readonly string[], options: Given) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...COMMON, ...options },
      allowPositionals: true,
      strict: true,
    })
    return { values, positionals }
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}

/** @throws UsageError */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`Say which: --${option} is missing.`)
  return value
}

/** @throws UsageError where there are not exactly `count` positional arguments */
export function positional(
  positionals: readonly string[],
  { count, what }: { count: number; what: string },
): void {
  if (positionals.length !== count) throw new UsageError(`This command takes ${what}.`)
}
