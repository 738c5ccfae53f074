import { readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { DataFolder } from './data-folder.ts'

/** Where processes see each other: one kernel that was started once, and one space of process numbers in it. */
export interface Place {
  readonly host: string
  /** Empty where the system does not tell. */
  readonly boot: string
  readonly pidNamespace: string
}

/** What stands in a data folder while its engine runs; whoever keeps the engine writes it again and again. */
export interface Heartbeat extends Place {
  /** Who writes it: a keeper, or a command that is just starting the engine. */
  readonly by: string
  readonly isKeeper: boolean
  /** Counts up, so that it can be seen to live whatever the clocks of two machines say. */
  readonly beat: number
  readonly at: string
}

/** Milliseconds between two beats. */
export const BEAT_EVERY = 2000
/** Milliseconds without a beat after which a foreign heartbeat is of the dead: three are missing. */
const DEAD_AFTER = 3 * BEAT_EVERY + 500
/** Milliseconds after which two who took over at the same moment can see who was last. */
const SETTLED_AFTER = 700

export function placeHere(): Place {
  return {
    host: hostname(),
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '',
    pidNamespace: attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '',
  }
}

/** A host can change its name while it runs; where the boot is known, the name says nothing. */
export function isSamePlace(one: Place, other: Place): boolean {
  if (one.boot !== other.boot || one.pidNamespace !== other.pidNamespace) return false
  return one.boot !== '' || one.host === other.host
}

/** The heartbeat of a folder, or null where none stands or it cannot be read. */
export function readHeartbeat(folder: DataFolder): Heartbeat | null {
  return attempt(() => JSON.parse(readFileSync(pathOf(folder), 'utf8')))
}

/** Put a heartbeat in the place of whatever stands there. */
export function writeHeartbeat(folder: DataFolder, heartbeat: Heartbeat): void {
  const temporary = join(folder.run, `.${heartbeat.by}`)
  writeFileSync(temporary, JSON.stringify(heartbeat), { mode: 0o600 })
  renameSync(temporary, pathOf(folder))
}

/** Take the heartbeat of this place away: the engine is gone. */
export function dropHeartbeat(folder: DataFolder): void {
  const there = readHeartbeat(folder)
  if (there && isSamePlace(there, placeHere())) rmSync(pathOf(folder), { force: true })
}

/**
 * Make sure that no other machine or container works in this folder, and say that this one does. A heartbeat from
 * elsewhere that does not beat any more is taken over.
 *
 * @throws Refusal `folder_shared`
 */
export async function claimFolder(folder: DataFolder, place = placeHere()): Promise<void> {
  const mine: Heartbeat = { ...place, by: newId('process'), isKeeper: false, beat: 0, at: now() }
  for (;;) {
    const there = readHeartbeat(folder)
    if (there && isSamePlace(there, place)) return
    if (there === null) {
      if (isFirst(folder, mine)) return
      // Somebody is just writing theirs, or left half of one.
      await pause(SETTLED_AFTER)
      if (readHeartbeat(folder) !== null) continue
    } else if (await beats(folder, there)) {
      throw new Refusal(
        'folder_shared',
        `${folder.root} is in use by Rapporteur on ${there.host} (another machine or container), and two would destroy the record; stop it there first, or let both use one server by DATABASE_URL.`,
      )
    }
    writeHeartbeat(folder, mine)
    await pause(SETTLED_AFTER)
  }
}

/** Beat while something is done that no keeper watches yet; gives what ends it. */
export function beatMeanwhile(folder: DataFolder): () => void {
  const [by, place] = [newId('process'), placeHere()]
  let beat = 0
  const timer = setInterval(() => {
    beat += 1
    writeHeartbeat(folder, { ...place, by, isKeeper: false, beat, at: now() })
  }, BEAT_EVERY)
  return () => clearInterval(timer)
}

function isFirst(folder: DataFolder, mine: Heartbeat): boolean {
  try {
    writeFileSync(pathOf(folder), JSON.stringify(mine), { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Whether this heartbeat is written again while we look on. */
async function beats(folder: DataFolder, there: Heartbeat): Promise<boolean> {
  const until = Date.now() + DEAD_AFTER
  while (Date.now() < until) {
    await pause(100)
    const later = readHeartbeat(folder)
    if (later && (later.by !== there.by || later.beat !== there.beat)) return true
  }
  return false
}

function now(): string {
  return new Date().toISOString()
}

function pathOf(folder: DataFolder): string {
  return join(folder.run, 'heartbeat.json')
}

function attempt<Result>(read: () => Result): Result | null {
  try {
    return read()
  } catch {
    return null
  }
}
