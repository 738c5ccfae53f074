import { cleaningState, cleanRecord } from '../ledger/clean-record.ts'
import { readErasures } from '../protection/read-erasures.ts'
import { backupPlaces } from '../storage/backup-places.ts'
import { filesToLookAt } from '../storage/clean-up.ts'
import { readAs } from '../storage/database.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { EXIT, positional, readArguments } from './usage.ts'

/** What a clean-up could not do, in words. */
const LIMITS: Readonly<Record<string, string>> = {
  old_readers: 'somebody was reading an earlier state of a table, so rows were carried over; run it again',
  checkpoint: 'this server does not let us write a checkpoint; its administrator can',
  log_segments: 'this server does not let us renew its log (pg_wal); its administrator can',
  engine_log: "the server's own log files are out of reach; its administrator empties them",
  statistics:
    "the planner's samples could not be written anew; its administrator can (vacuum full pg_statistic)",
  elsewhere: 'replicas, archives and backups of this server are out of reach; ask whoever runs it',
}

export const erasures: Command = {
  summary: 'what was erased, and the clean-up of files after it',
  usage: 'rapporteur erasures [--clean] [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, { clean: { type: 'boolean', default: false } })
    positional(positionals, { count: 0, what: 'no file' })
    const output = new Output(values.json)
    return withRecord(values, async (workspace) => {
      const { database, actor, folder } = workspace
      const listed = await readAs(database, actor, readErasures)
      const before = await readAs(database, actor, (tx) => cleaningState(tx, workspace))
      for (const { id, kind, target, state, ground, decidedAt } of listed)
        output.line(`${id}  ${state}  ${kind} ${target}  ${ground}  ${(decidedAt ?? '').slice(0, 10)}`)
      if (!values.clean) {
        output.object({ erasures: listed, cleaning: before })
        output.line(
          before.waiting > 0
            ? `${before.waiting} erasures wait for their clean-up, about ${before.estimate} s: rapporteur erasures --clean`
            : 'No erasure waits for its clean-up.',
        )
        return EXIT.done
      }
      output.aside(
        `This takes about ${before.estimate} s; people's requests wait while a table is written anew.`,
      )
      let progress: ((done: number) => void) | null = null
      const done = await cleanRecord(workspace, (step) => {
        progress ??= output.progress('parts of the clean-up', step.of)
        progress(step.done)
      })
      output.object({
        erasures: listed,
        cleaned: done,
        files: filesToLookAt(folder),
        backups: backupPlaces(folder),
      })
      output.line(`Written anew: ${done.tables} tables, in ${(done.milliseconds / 1000).toFixed(1)} s.`)
      for (const limit of done.limits) output.line(`not done: ${LIMITS[limit] ?? limit}`)
      for (const place of done.unreached)
        output.line(`not reached: ${place}; put erasures.jsonl of ${folder.root} there`)
      for (const file of filesToLookAt(folder)) output.line(`look at yourself: ${folder.root}/${file}`)
      for (const place of backupPlaces(folder))
        output.line(`backups made before still hold it, and lose it when they are restored: ${place}`)
      return EXIT.done
    })
  },
}
