import { mustBeAllowed } from '../protection/may.ts'
import { spreadRegister } from '../storage/backup-places.ts'
import { addToRegister, readRegister, registerLine, registerOf, saidBy } from '../storage/erasure-register.ts'
import { dropOriginal } from '../storage/originals.ts'
import type { Workspace } from '../storage/workspace.ts'
import { readLeaf } from './leaf.ts'

type House = Pick<Workspace, 'database' | 'folder' | 'key' | 'actor'>

/**
 * Bring the register up to the ledgers of every organisation of the record, put it beside every backup, and take away
 * originals that nothing needs. Done after each erasure, and again at every start and backup: whatever was interrupted
 * between an erasure and this is made up for, whoever it was that erased.
 * The places of backups that could not be reached are given back.
 */
export async function keepRegister({
  database,
  folder,
  key,
  actor,
}: House): Promise<{ unreached: string[] }> {
  mustBeAllowed(actor, 'verify')
  const path = registerOf(folder)
  const have = new Set(readRegister(path).flatMap((line) => saidBy(line)?.entry ?? []))
  const { rows } = await database.owner.query<{ organisation: string; leaf: string }>(
    `select organisation, leaf from ledger_entry where leaf like '%"type":"erasure"%'
     union all select organisation, leaf from ledger_inbox where leaf like '%"type":"erasure"%'`,
  )
  const lines: string[] = []
  for (const { organisation, leaf } of rows) {
    const said = readLeaf(leaf)
    if (said?.type !== 'erasure' || have.has(said.entry)) continue
    const { entry, at, ground = '', erased = [] } = said
    const { rows: originals } = await database.owner.query<{ sha256: string }>(
      `select distinct erased->>'original' as sha256 from revision r
        where organisation = $1 and record = any($2) and erased->>'original' is not null
          and not exists (select 1 from source s where s.sha256 = r.erased->>'original') order by 1`,
      [organisation, erased.map(({ record }) => record)],
    )
    const line = {
      v: 1 as const,
      organisation,
      entry,
      at,
      ground,
      erased: erased.map(({ record, n }) => ({ record, n })),
      originals: originals.map(({ sha256 }) => sha256),
    }
    lines.push(registerLine(line, key))
  }
  addToRegister(path, lines)
  await dropOriginals({ database, folder })
  return { unreached: spreadRegister(folder) }
}

/** Originals that a register names and no source does; `restored` where they were written by a restore just now. */
export async function dropOriginals(
  { database, folder }: Pick<House, 'database' | 'folder'>,
  { restored = false } = {},
): Promise<number> {
  const named = readRegister(registerOf(folder)).flatMap((line) => {
    const said = saidBy(line)
    return said ? said.originals.map((sha256) => ({ sha256, at: new Date(said.at) })) : []
  })
  if (named.length === 0) return 0
  const { rows } = await database.owner.query<{ sha256: string }>(
    'select distinct u as sha256 from unnest($1::text[]) u where not exists (select 1 from source s where s.sha256 = u)',
    [named.map(({ sha256 }) => sha256)],
  )
  const unneeded = new Set(rows.map(({ sha256 }) => sha256).filter((one) => /^[0-9a-f]{64}$/.test(one)))
  const gone = named.filter(
    ({ sha256, at }) => unneeded.has(sha256) && dropOriginal(folder, sha256, restored ? null : at),
  )
  return gone.length
}
