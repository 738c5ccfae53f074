import { type KnownHashes, rootOf } from './tree.ts'

/** Hashes in a full tile, C2SP tlog-tiles: trees of height 8. */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
const HASH_BYTES = 32

/** One tile: `width` hashes of subtrees of 256^level leaves, from the (256 · index)-th on. */
export interface Tile {
  readonly level: number
  readonly index: number
  readonly width: number
}

/** `tile/0/x001/234.p/17`, as C2SP tlog-tiles names it: the index in threes, a partial tile with its width. */
export function tilePath({ level, index, width }: Tile, kind: 'hashes' | 'entries' = 'hashes'): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/.{3}/g) ?? []
  const name = groups.map((group, n) => (n < groups.length - 1 ? `x${group}` : group)).join('/')
  const partial = width < TILE_WIDTH ? `.p/${width}` : ''
  return `tile/${kind === 'entries' ? 'entries' : level}/${name}${partial}`
}

/** The tile a path names, or null where it names none. */
export function tileAt(path: string): (Tile & { kind: 'hashes' | 'entries' }) | null {
  const match = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!match) return null
  const [, level = '', name = '', partial] = match
  const width = partial === undefined ? TILE_WIDTH : Number(partial)
  const kind = level === 'entries' ? 'entries' : 'hashes'
  const tile = {
    level: kind === 'entries' ? 0 : Number(level),
    index: Number(name.replaceAll(/[x/]/g, '')),
    width,
  }
  return tilePath(tile, kind) === path ? { ...tile, kind } : null
}

/** Every tile of a tree of this size, from the leaves up; at most the last of each level is partial. */
export function tilesOf(size: number): Tile[] {
  const tiles: Tile[] = []
  let [count, level] = [size, 0]
  while (count > 0) {
    for (let index = 0; index * TILE_WIDTH < count; index += 1)
      tiles.push({ level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) })
    count = Math.floor(count / TILE_WIDTH)
    level += 1
  }
  return tiles
}

/** The bytes of a tile. @throws RangeError where the hashes known do not cover it */
export function tileBytes(hashes: KnownHashes, { level, index, width }: Tile): Buffer {
  const height = level * TILE_HEIGHT
  return Buffer.concat(
    Array.from({ length: width }, (_, n) => hashes.complete(height, index * TILE_WIDTH + n)),
  )
}

/** Make known what a tile holds. */
export function putTile(hashes: KnownHashes, { level, index }: Omit<Tile, 'width'>, bytes: Buffer): void {
  for (let n = 0; (n + 1) * HASH_BYTES <= bytes.length; n += 1)
    hashes.put(
      level * TILE_HEIGHT,
      index * TILE_WIDTH + n,
      bytes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES),
    )
}

/** Full tiles as a growing log fills them, each given to `full` once; nothing but the open tiles is held. */
export class TileMaker {
  readonly #open: { hashes: Buffer[]; index: number }[] = []
  readonly #full: (tile: Omit<Tile, 'width'>, bytes: Buffer) => void

  constructor(full: (tile: Omit<Tile, 'width'>, bytes: Buffer) => void) {
    this.#full = full
  }

  append(hash: Buffer, level = 0): void {
    const open = this.#open[level] ?? { hashes: [], index: 0 }
    this.#open[level] = open
    open.hashes.push(hash)
    if (open.hashes.length < TILE_WIDTH) return
    this.#full({ level, index: open.index }, Buffer.concat(open.hashes))
    this.append(rootOf(open.hashes), level + 1)
    this.#open[level] = { hashes: [], index: open.index + 1 }
  }
}
