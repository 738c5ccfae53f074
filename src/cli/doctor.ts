import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Pool } from 'pg'
import { isRefusal } from '../foundation/refusal.ts'
import { planOfServer } from '../ledger/backup-plan.ts'
import { aboutWalls, wallsHere } from '../sources/shut-in-command.ts'
import { newestMigration } from '../storage/migrate.ts'
import { aboutPlatform, WAYS_ON } from '../storage/platform.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { atTerminal, dataFolder } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

interface Finding {
  readonly what: string
  readonly state: 'ok' | 'warn' | 'fail'
  readonly sentence: string
}

/** Below this, a writing database may fill the disk within a day's import. Bytes. */
const LITTLE_SPACE = 1024 ** 3

export const doctor: Command = {
  summary: 'say whether this machine and this record are in order',
  usage: 'rapporteur doctor [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {})
    positional(positionals, { count: 0, what: 'no file' })
    const output = new Output(values.json)
    const data = dataFolder(values)
    const findings: Finding[] = [platform(), space(data), readers()]
    let code: number = EXIT.done
    try {
      findings.push(
        ...(await atTerminal(values, async (workspace) => [
          ...(await lookAt(workspace.database.owner)),
          ...lastBackup(await planOfServer(workspace)),
        ])),
      )
    } catch (error) {
      // A doctor that falls ill itself says nothing: what keeps the record shut is the finding.
      if (!isRefusal(error)) throw error
      findings.push({ what: 'database', state: 'fail', sentence: `${error.message} (${error.code})` })
      findings.push({ what: 'what to do', state: 'warn', sentence: WAYS_ON })
      code = EXIT.failed
    }
    for (const { what, state, sentence } of findings) output.line(`${state.padEnd(4)} ${what}: ${sentence}`)
    output.object({ findings })
    if (code !== EXIT.done) return code
    return findings.some(({ state }) => state === 'fail') ? EXIT.refused : EXIT.done
  },
}

async function lookAt(owner: Pool): Promise<Finding[]> {
  const { rows } = await owner.query<{ version: string; fsync: string; commit: string; done: number }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit, (select max(number) from migration) as done`,
  )
  return rows.flatMap(({ version, fsync, commit, done }): Finding[] => {
    const safe = fsync === 'on' && commit !== 'off'
    return [
      {
        what: 'database',
        state: 'ok',
        sentence: `PostgreSQL ${version}${process.env.DATABASE_URL ? ' by DATABASE_URL' : ' of this program'}.`,
      },
      {
        what: 'durability',
        state: safe ? 'ok' : 'fail',
        sentence: safe
          ? 'What is acknowledged is on disk.'
          : 'fsync or synchronous_commit is off: acknowledged work can be lost.',
      },
      { what: 'schema', state: 'ok', sentence: `Migration ${done} of ${newestMigration()}.` },
    ]
  })
}

/** Loud where backups are made by plan and the last one failed, or is long past. */
function lastBackup({ plan, last }: Awaited<ReturnType<typeof planOfServer>>): Finding[] {
  if (!plan.on)
    return [{ what: 'backup', state: 'warn', sentence: 'No backup is made by plan; Settings has one.' }]
  if (last === null) return [{ what: 'backup', state: 'warn', sentence: 'No backup was made by plan yet.' }]
  const days = Math.floor((Date.now() - Date.parse(last.at)) / (24 * 60 * 60 * 1000))
  if (!last.ok)
    return [{ what: 'backup', state: 'fail', sentence: `The last backup by plan failed: ${last.sentence}` }]
  const sentence = `The last backup by plan was made ${last.at.slice(0, 10)}: ${last.file}`
  return [{ what: 'backup', state: days > 1 ? 'fail' : 'ok', sentence }]
}

function platform(): Finding {
  const { tried, sentence } = aboutPlatform()
  return { what: 'platform', state: tried ? 'ok' : 'warn', sentence }
}

function readers(): Finding {
  const walls = wallsHere()
  return { what: 'readers', state: walls === 'bubblewrap' ? 'ok' : 'warn', sentence: aboutWalls(walls) }
}

/** Where the folder is not there yet: of the nearest one above it. */
function space(path: string): Finding {
  let at = path
  while (!existsSync(at) && at !== dirname(at)) at = dirname(at)
  const { bavail, bsize } = statfsSync(at)
  const free = bavail * bsize
  return {
    what: 'space',
    state: free > LITTLE_SPACE ? 'ok' : 'warn',
    sentence: `${(free / 1024 ** 3).toFixed(1)} GB free where the record lives.`,
  }
}
