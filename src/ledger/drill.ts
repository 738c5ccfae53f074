import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BackupManifest } from '../storage/backup.ts'
import { openOriginal } from '../storage/originals.ts'
import { MADE_AGAIN } from '../storage/tables.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { RecordKind } from './record-kind.ts'
import { restoreRecord } from './restore-record.ts'

/** What a restore drill found, each beside what the backup says. */
export interface Drilled {
  readonly file: string
  readonly at: string
  /** Entries of the tree and its root: of the backup's checkpoint, and of the restored record. */
  readonly root: { readonly backup: string | null; readonly restored: string | null }
  readonly tables: number
  /** Tables that have another number of rows than was backed up. */
  readonly otherCounts: readonly {
    readonly table: string
    readonly backup: number
    readonly restored: number
  }[]
  readonly rows: number
  readonly originals: number
  readonly erasedAgain: number
  readonly milliseconds: number
  readonly holds: boolean
}

type Compared = Pick<Drilled, 'root' | 'tables' | 'otherCounts' | 'rows' | 'originals'>

/**
 * Restore a backup on an empty folder with an engine of its own, as after the loss of a machine, and compare: the root of the
 * tree, the rows of every table, the bytes of every original; the record verifies, or restoring refuses. The folder is gone
 * afterwards.
 *
 * @throws Refusal of restore()
 */
export async function drill(
  { file, identity }: { file: string; identity?: string | undefined },
  kinds: readonly RecordKind[],
): Promise<Drilled> {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-drill-'))
  try {
    const seen: Compared[] = []
    const { manifest, erasedAgain } = await restoreRecord(
      { file, data: join(folder, 'record'), identity, url: '' },
      {
        kinds,
        async loaded(workspace, said) {
          seen.push(await compare(workspace, said))
        },
      },
    )
    const [compared] = seen
    if (!compared) throw new Error('A restore ended without having been looked at.')
    const { root, otherCounts } = compared
    const holds = root.backup === root.restored && otherCounts.length === 0
    const milliseconds = Math.round(performance.now() - began)
    return { file, at: manifest.at, ...compared, erasedAgain, milliseconds, holds }
  } finally {
    // Whoever stops the engine may still be putting its folder in order.
    await rm(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 200 })
  }
}

async function compare(
  { database, folder }: Workspace,
  { checkpoint, rows = {} }: BackupManifest,
): Promise<Compared> {
  const { owner } = database
  const { rows: newest } = await owner.query<{ note: string }>(
    'select note from ledger_checkpoint order by size desc limit 1',
  )
  const otherCounts: { table: string; backup: number; restored: number }[] = []
  let all = 0
  for (const [table, backup] of Object.entries(rows)) {
    if (table in MADE_AGAIN) continue
    const { rows: counted } = await owner.query<{ n: string }>(`select count(*) as n from ${table}`)
    const restored = Number(counted[0]?.n)
    all += restored
    if (restored !== backup) otherCounts.push({ table, backup, restored })
  }
  const { rows: originals } = await owner.query<{ sha256: string }>(
    'select distinct sha256 from source where sha256 is not null order by 1',
  )
  for (const { sha256 } of originals) await mustBeWhole(folder, sha256)
  return {
    root: { backup: rootOf(checkpoint), restored: rootOf(newest[0]?.note ?? null) },
    tables: Object.keys(rows).length,
    otherCounts,
    rows: all,
    originals: originals.length,
  }
}

/** Size and root of a checkpoint, its second and third line. */
function rootOf(note: string | null): string | null {
  return note === null ? null : note.split('\n').slice(1, 3).join(' ')
}

/** Read to its end, an original of other bytes fails. @throws Refusal `original_missing`, `original_altered` */
async function mustBeWhole(folder: Workspace['folder'], sha256: string): Promise<void> {
  for await (const _ of await openOriginal(folder, sha256));
}
