import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '../foundation/refusal.ts'
import { keepBackingUp } from '../ledger/backup-plan.ts'
import { resumeCleaning } from '../ledger/clean-record.ts'
import { keepRegister } from '../ledger/keep-register.ts'
import { keepPlacing, settle } from '../ledger/settle.ts'
import { becomeAtTerminal, isUnused, worksAlone } from '../protection/at-terminal.ts'
import { openSample } from '../publication/open-sample.ts'
import { isLoopback, serve } from '../server/serve.ts'
import { openWorkspace, type Workspace } from '../storage/workspace.ts'
import { proxyAddress, siteAddress } from './address.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { dataFolder, ENDING, tell } from './record.ts'
import { EXIT, positional, readArguments, UsageError } from './usage.ts'

export const start: Command = {
  summary: 'the whole workspace in a browser; --sample opens the shipped dossier',
  usage:
    'rapporteur start [--port 7300] [--sample] [--bind ADDRESS --address https://NAME [--proxy IP]] [--data DIR] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      port: { type: 'string', default: '7300' },
      bind: { type: 'string', default: 'localhost' },
      address: { type: 'string' },
      proxy: { type: 'string' },
    })
    positional(positionals, { count: 0, what: 'no file, only options' })
    const port = portOf(values.port)
    const output = new Output(values.json)
    const reached = howReached(values)
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
      const first = reached.address === undefined ? null : await openToOthers(workspace)
      if (values.sample) {
        await openSample(workspace, ({ notes, items }) =>
          output.aside(`Opening the sample dossier: ${notes} notes, ${items} coded items.`),
        )
      }
      await settle(workspace)
      await keepRegister(workspace)
      await resumeCleaning(workspace)
      const alone = await worksAlone(workspace)
      const served = await serve(house, { port, ...reached })
      const placing = keepPlacing(workspace, (error) => void waits(error))
      const backing = keepBackingUp(workspace, (sentence) =>
        output.aside(`rapporteur: the backup by plan FAILED: ${sentence}`),
      )
      const link = first === null ? {} : { administrator: `${served.site}/invitation#${first}` }
      output.object({
        address: alone ? served.address : served.site,
        ...(alone ? { key: served.key } : {}),
        port: served.port,
        data: workspace.folder.root,
        ...link,
      })
      output.line(`Rapporteur is open at ${alone ? served.address : served.site}`)
      if (link.administrator)
        output.line(
          `Nobody has an account yet. The administrator begins with this link, once and within three days:\n${link.administrator}`,
        )
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
 * One person works on this machine without an account, so nobody else may reach it; others reach it over TLS alone, which
 * ends in front of this program and is declared by the address.
 *
 * @throws UsageError
 */
function howReached({
  bind,
  address,
  proxy,
  sample,
}: {
  bind: string
  address?: string | undefined
  proxy?: string | undefined
  sample: boolean
}): { bind: string; address?: string; proxy?: string } {
  if (address === undefined) {
    if (!isLoopback(bind))
      throw new UsageError(
        `"${bind}" is refused without TLS in front: declare it with --address https://NAME, or leave --bind out and work on this machine alone.`,
      )
    if (proxy !== undefined)
      throw new UsageError('--proxy is for a declared --address; without one nobody is in front.')
    return { bind }
  }
  if (sample) throw new UsageError('The sample is for this machine alone; start it without --address.')
  const site = siteAddress(address)
  return { bind, address: site, ...(proxy === undefined ? {} : { proxy: proxyAddress(proxy) }) }
}

/**
 * A record that others reach is an organisation's. An unused one becomes it here, and gives out the one-time link of its
 * administrator; one with work in it is left as it is.
 *
 * @throws Refusal `organisation_first`
 */
async function openToOthers(workspace: Workspace): Promise<string | null> {
  if (!(await worksAlone(workspace))) return null
  if (!(await isUnused(workspace)))
    throw new Refusal(
      'organisation_first',
      'One person works in this record alone; make it an organisation’s with "rapporteur organisation NAME" before others reach it.',
    )
  const { administrator } = await becomeAtTerminal(workspace, {
    name: 'Our organisation',
    person: null,
    administrator: { name: 'Administrator', login: 'administrator' },
  })
  return administrator
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
