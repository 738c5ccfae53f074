import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { keepBackingUp } from '../ledger/backup-plan.ts'
import { resumeCleaning } from '../ledger/clean-record.ts'
import { keepRegister } from '../ledger/keep-register.ts'
import { keepPlacing, settle } from '../ledger/settle.ts'
import { openSample } from '../publication/open-sample.ts'
import { serve } from '../server/serve.ts'
import { openWorkspace } from '../storage/workspace.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { dataFolder, ENDING, tell } from './record.ts'
import { EXIT, positional, readArguments, UsageError } from './usage.ts'

export const start: Command = {
  summary: 'the whole workspace in a browser; --sample opens the shipped dossier',
  usage: 'rapporteur start [--port 7300] [--sample] [--data DIR] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      port: { type: 'string', default: '7300' },
      host: { type: 'string', default: 'localhost' },
    })
    positional(positionals, { count: 0, what: 'no file, only options' })
    const port = portOf(values.port)
    const output = new Output(values.json)
    mustBeLoopback(values.host)
    const told = toldToStop()
    const workspace = await openWorkspace({ data: dataFolder(values), serve: true })
    tell(workspace)
    try {
      // Where the database is gone, that is the one thing to say.
      const waits = async (error: unknown) => {
        const gone = await Promise.race([workspace.lost.then(() => true), pause(1000, false)])
        if (!gone) output.aside(`rapporteur: the ledger waits: ${said(error)}`)
      }
      const house = { ...workspace, sample: values.sample }
      if (values.sample) {
        await openSample(workspace, ({ notes, items }) =>
          output.aside(`Opening the sample dossier: ${notes} notes, ${items} coded items.`),
        )
      }
      await settle(workspace)
      await keepRegister(workspace)
      await resumeCleaning(workspace)
      const served = await serve(house, { port })
      const placing = keepPlacing(workspace, (error) => void waits(error))
      const backing = keepBackingUp(workspace, (sentence) =>
        output.aside(`rapporteur: the backup by plan FAILED: ${sentence}`),
      )
      output.object({
        address: served.address,
        key: served.key,
        port: served.port,
        data: workspace.folder.root,
      })
      output.line(`Rapporteur is open at ${served.address}`)
      const lost = await Promise.race([told, workspace.lost])
      await served.close()
      await backing()
      await placing()
      if (lost) throw lost
      await settle(workspace, { last: true })
    } finally {
      await workspace.close()
    }
    return EXIT.done
  },
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * One person works here without an account, so nobody else may reach it.
 *
 * @throws UsageError
 */
function mustBeLoopback(host: string): void {
  if (['localhost', '127.0.0.1', '::1'].includes(host)) return
  throw new UsageError(
    `"${host}" is refused: until there are accounts this record is answered on this machine alone (localhost).`,
  )
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535)
    throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`)
  return port
}

/** Resolves when somebody asks this process to end, or when the npm that started it is gone. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ENDING) process.on(signal, () => resolve())
    if (process.env.npm_lifecycle_event === undefined && process.env.npm_command === undefined) return
    // Killed hard, npm tells its children nothing: the record would stay open with nobody at the window.
    const above = ancestors()
    const parent = process.ppid
    setInterval(() => {
      if (process.ppid !== parent || above.some((pid) => !isAlive(pid))) resolve()
    }, 500).unref()
  })
}

/** The parent, and its parent where the system tells (npm runs scripts through a shell). */
function ancestors(): number[] {
  const above = [process.ppid]
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8')
    const grandparent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0)
    if (grandparent > 1) above.push(grandparent)
  } catch {
    // Elsewhere than on Linux the parent alone is watched.
  }
  return above
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
