import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { newId } from '../foundation/ids.ts'
import { change } from '../ledger/change.ts'
import { settle } from '../ledger/settle.ts'
import { GrowingTree, leafHash } from '../ledger/tree.ts'
import { openDossier } from '../sources/dossier.ts'
import { tagKind } from '../statements/statement-kinds.ts'
import { asActor } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'
import { duration, type Figure, figure, megabytes, notRun, timed } from './figure.ts'
import { withScratchRecord } from './scratch-record.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/rapporteur.js', import.meta.url))
const ENTRIES = 100_000
const WRITERS = 8
/** Entries made in one transaction: making them is no part of the figure. */
const TOGETHER = 50
/** Milliseconds after which no more entries are made. */
const MAKE_WITHIN = 6 * 60_000
/** Milliseconds. */
const GOAL = 30_000
/** Bytes. */
const MEMORY = 512 * 1024 ** 2
const Verified = z.object({ state: z.string(), entries: z.number() })

/** `rapporteur verify` of a ledger with 100,000 entries, in a process of its own. */
export async function benchVerify(report: (figure: Figure) => void): Promise<void> {
  await withScratchRecord(async (workspace) => {
    await makeEntries(workspace)
    await settle(workspace)
    const hashes = await timed(() => hashedAlone(workspace))
    const { took, peak, state, entries } = await verified(workspace.folder.root)
    const name = `verify ${entries} entries`
    const shown = `${state} in ${duration(took)}, beside ${duration(hashes)} for reading and hashing the entries alone`
    report(
      figure(
        name,
        shown,
        `intact, ${ENTRIES} in under 30 s`,
        state === 'intact' && entries >= ENTRIES && took < GOAL,
      ),
    )
    if (peak === null) report(notRun('verify, peak memory', 'under 512 MB', 'this system has no /proc'))
    else report(figure('verify, peak memory', megabytes(peak), 'under 512 MB', peak < MEMORY))
  })
}

/** Real entries, each of one record, by the one function that makes any. */
async function makeEntries({ database, actor }: Workspace): Promise<void> {
  const dossier = await asActor(database, actor, (tx) => openDossier(tx, 'bench'))
  let left = ENTRIES
  const until = performance.now() + MAKE_WITHIN
  const writer = async () => {
    while (left > 0 && performance.now() < until) {
      left -= TOGETHER
      await asActor(database, actor, async (tx) => {
        for (let n = 0; n < TOGETHER; n += 1) {
          const body = {
            dossier: dossier.id,
            subject: newId('statement'),
            scheme: 'rights',
            term: 'assembly',
            by: actor.person,
          }
          await change(tx, 'tagged', [
            {
              kind: tagKind,
              revision: 0,
              state: { id: newId('tag'), level: 'organisation', case: null, body },
            },
          ])
        }
      })
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
}

/** The least that any verification does. */
async function hashedAlone({ database, actor }: Workspace): Promise<void> {
  const { rows } = await database.owner.query<{ leaf: string }>(
    'select leaf from ledger_entry where organisation = $1 order by index',
    [actor.organisation],
  )
  const tree = new GrowingTree()
  for (const { leaf } of rows) tree.append(leafHash(leaf))
  tree.root()
}

async function verified(
  data: string,
): Promise<{ took: number; peak: number | null; state: string; entries: number }> {
  const { DATABASE_URL: _, ...env } = process.env
  const began = performance.now()
  const child = spawn(process.execPath, [PROGRAM, 'verify', data, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString()
  })
  let peak: number | null = null
  const watch = setInterval(() => {
    peak = peakOf(child.pid ?? 0) ?? peak
  }, 50)
  await new Promise<void>((resolve) => child.once('close', () => resolve()))
  clearInterval(watch)
  const took = performance.now() - began
  return { took, peak, ...Verified.parse(JSON.parse(output)) }
}

/** The most memory that a living process has held, in bytes; null where the system does not tell. */
function peakOf(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
