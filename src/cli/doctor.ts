import { statfsSync } from 'node:fs'
import { migrations } from '../storage/migrate.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
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
  usage: 'rapporteur doctor [--data DIR] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {})
    positional(positionals, { count: 0, what: 'no file' })
    const output = new Output(values.json)
    return withRecord(values.data, async ({ database, folder }) => {
      const findings: Finding[] = [platform(), space(folder.root)]
      const { rows } = await database.owner.query<{
        version: string
        fsync: string
        commit: string
        done: number
      }>(
        `select current_setting('server_version') as version, current_setting('fsync') as fsync,
                current_setting('synchronous_commit') as commit, (select max(number) from migration) as done`,
      )
      const [server] = rows
      if (server) {
        const safe = server.fsync === 'on' && server.commit === 'on'
        findings.push(
          {
            what: 'database',
            state: 'ok',
            sentence: `PostgreSQL ${server.version}${process.env.DATABASE_URL ? ' by DATABASE_URL' : ' of this program'}.`,
          },
          {
            what: 'durability',
            state: safe ? 'ok' : 'fail',
            sentence: safe
              ? 'What is acknowledged is on disk.'
              : 'fsync or synchronous_commit is off: acknowledged work can be lost.',
          },
          {
            what: 'schema',
            state: 'ok',
            sentence: `Migration ${server.done} of ${migrations().at(-1)?.number ?? 0}.`,
          },
        )
      }
      for (const { what, state, sentence } of findings) output.line(`${state.padEnd(4)} ${what}: ${sentence}`)
      output.object({ findings })
      return findings.some(({ state }) => state === 'fail') ? EXIT.refused : EXIT.done
    })
  },
}

function platform(): Finding {
  const here = `${process.platform}-${process.arch}`
  const tried = here === 'linux-x64'
  return {
    what: 'platform',
    state: tried ? 'ok' : 'warn',
    sentence: tried
      ? `${here}, Node ${process.versions.node}.`
      : `${here} has not been tried by us; Node ${process.versions.node}.`,
  }
}

function space(path: string): Finding {
  const { bavail, bsize } = statfsSync(path)
  const free = bavail * bsize
  return {
    what: 'space',
    state: free > LITTLE_SPACE ? 'ok' : 'warn',
    sentence: `${(free / 1024 ** 3).toFixed(1)} GB free where the record lives.`,
  }
}
