import type { PoolClient } from 'pg'
import type { Tx } from '../storage/database.ts'
import { putTile, TILE_WIDTH, type Tile, tileBytes } from './tiles.ts'
import { KnownHashes, leafHash } from './tree.ts'

/** Write the tiles that a tree of this size has filled and that are not kept yet. Kept tiles never change. */
export async function storeFullTiles(
  client: PoolClient,
  { organisation, size }: { organisation: string; size: number },
): Promise<void> {
  const { rows: counts } = await client.query<{ level: number; count: number }>(
    `select tile_level as level, (max(tile_index) + 1)::int as count from ledger_tile
      where organisation = $1 group by tile_level`,
    [organisation],
  )
  const kept = new Map(counts.map(({ level, count }) => [level, count]))
  const hashes = new KnownHashes()
  let count = size
  for (let level = 0; count >= TILE_WIDTH; level += 1) {
    count = Math.floor(count / TILE_WIDTH)
    const first = kept.get(level) ?? 0
    if (first >= count) continue
    if (level === 0)
      await putLeaves(client, hashes, { organisation, from: first * TILE_WIDTH, to: count * TILE_WIDTH })
    else await putTiles(client, hashes, { organisation, level: level - 1, from: first * TILE_WIDTH })
    for (let index = first; index < count; index += 1) {
      const bytes = tileBytes(hashes, { level, index, width: TILE_WIDTH })
      await client.query(
        'insert into ledger_tile (organisation, tile_level, tile_index, hashes) values ($1, $2, $3, $4)',
        [organisation, level, index, bytes],
      )
    }
  }
}

type Asker = Pick<PoolClient, 'query'>

/** Leaf hashes of the entries from one place to another (exclusive). */
async function putLeaves(
  client: Asker,
  hashes: KnownHashes,
  { organisation, from, to }: { organisation: string; from: number; to: number },
): Promise<void> {
  const { rows } = await client.query<{ index: number; leaf: string }>(
    'select index::int, leaf from ledger_entry where organisation = $1 and index >= $2 and index < $3',
    [organisation, from, to],
  )
  for (const { index, leaf } of rows) hashes.put(0, index, leafHash(leaf))
}

async function putTiles(
  client: Asker,
  hashes: KnownHashes,
  { organisation, level, from, index }: { organisation: string; level: number; from: number; index?: number },
): Promise<void> {
  const { rows } = await client.query<{ index: number; hashes: Buffer }>(
    `select tile_index::int as index, hashes from ledger_tile
      where organisation = $1 and tile_level = $2 and (tile_index >= $3 or tile_index = $4)`,
    [organisation, level, from, index ?? from],
  )
  for (const row of rows) putTile(hashes, { level, index: row.index }, row.hashes)
}

/**
 * Enough hashes to prove the entry at `index` in the tree of `size`: the tile that holds it on each level, the tiles
 * after the last one that the level above has filled, and the entries after the last full tile.
 */
export async function hashesAround(
  tx: Tx,
  { index, size }: { index: number; size: number },
): Promise<KnownHashes> {
  const hashes = new KnownHashes()
  const { organisation } = tx.actor
  await putLeaves(tx.client, hashes, { organisation, from: size - (size % TILE_WIDTH), to: size })
  let [count, place] = [Math.floor(size / TILE_WIDTH), Math.floor(index / TILE_WIDTH)]
  for (let level = 0; count > 0; level += 1) {
    await putTiles(tx.client, hashes, {
      organisation,
      level,
      from: count - (count % TILE_WIDTH),
      index: place,
    })
    count = Math.floor(count / TILE_WIDTH)
    place = Math.floor(place / TILE_WIDTH)
  }
  return hashes
}

/** Every hash of the tree of `size`, for what needs all of it: a package, or a reader that copies the log. */
export async function allHashes(tx: Tx, size: number): Promise<KnownHashes> {
  const hashes = new KnownHashes()
  const { organisation } = tx.actor
  await putTiles(tx.client, hashes, { organisation, level: 0, from: 0 })
  await putLeaves(tx.client, hashes, { organisation, from: size - (size % TILE_WIDTH), to: size })
  return hashes
}

/** One tile of the tree of `size`; null where that tree has no such tile. */
export async function tileOf(tx: Tx, tile: Tile, size: number): Promise<Buffer | null> {
  const span = TILE_WIDTH ** tile.level
  const first = tile.index * TILE_WIDTH * span
  if (first + tile.width * span > size) return null
  const { organisation } = tx.actor
  const hashes = new KnownHashes()
  if (tile.level === 0)
    await putLeaves(tx.client, hashes, { organisation, from: first, to: first + tile.width })
  else
    await putTiles(tx.client, hashes, { organisation, level: tile.level - 1, from: tile.index * TILE_WIDTH })
  return tileBytes(hashes, tile)
}

/** Entries of one bundle: each leaf with its length as two bytes before it, C2SP tlog-tiles. */
export async function bundleOf(tx: Tx, { index, width }: Tile, size: number): Promise<Buffer | null> {
  if (index * TILE_WIDTH + width > size) return null
  const rows = await tx.query<{ leaf: string }>(
    'select leaf from ledger_entry where organisation = $1 and index >= $2 and index < $3 order by index',
    [tx.actor.organisation, index * TILE_WIDTH, index * TILE_WIDTH + width],
  )
  return Buffer.concat(
    rows.flatMap(({ leaf }) => {
      const bytes = Buffer.from(leaf)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(bytes.length)
      return [length, bytes]
    }),
  )
}
