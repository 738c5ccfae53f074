import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { required } from './usage.ts'

/**
 * The file named with --to, looked at before any work is done for it: what is written there is written beside it first,
 * so that is tried. Nothing stays behind.
 *
 * @throws UsageError, Refusal `file_unwritable`
 */
export function destination(to: string | undefined): string {
  const file = resolve(required(to, 'to'))
  const folder = dirname(file)
  if (!isFolder(folder)) throw unwritable(file, `there is no folder ${folder}; make it, or name another one`)
  if (isFolder(file)) throw unwritable(file, 'this is a folder; name a file in it')
  const trial = `${file}.trial-${process.pid}`
  try {
    closeSync(openSync(trial, 'wx'))
    rmSync(trial)
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw unwritable(
      file,
      `the folder ${folder} takes no new file (${reason}); check your rights there, or name another one`,
      cause,
    )
  }
  return file
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}

function unwritable(file: string, why: string, cause?: unknown): Refusal {
  return new Refusal('file_unwritable', `${file} cannot be written: ${why}.`, {}, { cause })
}
