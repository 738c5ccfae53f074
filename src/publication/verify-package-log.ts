import type { Checkpoint } from '../ledger/checkpoint.ts'
import type { Findings } from '../ledger/findings.ts'
import { type Leaf, readLeaf } from '../ledger/leaf.ts'
import { putTile, tileBytes, tilePath, tilesOf } from '../ledger/tiles.ts'
import { KnownHashes, leafHash, provesInclusion, rootOf } from '../ledger/tree.ts'
import { MEMBER, PackagedEntry } from './package-format.ts'
import { hashBytes, parsedLines, type ReadMember } from './package-reader.ts'

/** An entry of a package, as far as its records need it. */
export interface CheckedEntry {
  readonly said: Leaf
  readonly commitments: readonly string[]
}

interface LogCheck {
  readonly checkpoint: Checkpoint
  readonly names: readonly string[]
  readonly read: ReadMember
  readonly found: Findings
}

/** The tiles against the checkpoint, and every entry against both. `rootAt` is null where the tiles are not whole. */
export function checkPackagedLog(check: LogCheck): {
  entries: Map<string, CheckedEntry>
  rootAt: ((size: number) => Buffer) | null
} {
  const hashes = checkTiles(check)
  return { entries: checkEntries(check, hashes), rootAt: hashes ? (size) => hashes.root(size) : null }
}

function checkTiles({ checkpoint: { size, root }, names, read, found }: LogCheck): KnownHashes | null {
  const tiles = tilesOf(size).map((tile) => ({ tile, name: `${MEMBER.tiles}${tilePath(tile)}` }))
  const wanted = new Set(tiles.map(({ name }) => name))
  for (const name of names)
    if (name.startsWith(`${MEMBER.tiles}tile/`) && !wanted.has(name))
      found.add('tile', name, 'The ledger has no such tile.')
  const hashes = new KnownHashes()
  let whole = true
  for (const { tile, name } of tiles) {
    const bytes = read(name)
    if (!bytes) found.add('tile', name, 'This tile of the ledger is missing.')
    else if (bytes.length !== tile.width * 32)
      found.add('tile', name, 'This tile does not have the size it should.')
    else if (tile.level === 0) putTile(hashes, tile, bytes)
    else if (whole && !tileBytes(hashes, tile).equals(bytes))
      found.add('tile', name, 'This tile is not made of the tiles below it.')
    if (tile.level === 0 && bytes?.length !== tile.width * 32) whole = false
  }
  if (!whole) return null
  if (!hashes.root(size).equals(root))
    found.add('checkpoint', MEMBER.checkpoint, 'The tiles are not those that the checkpoint was signed over.')
  return hashes
}

function checkEntries(
  { checkpoint: { size, root }, read, found }: LogCheck,
  hashes: KnownHashes | null,
): Map<string, CheckedEntry> {
  const entries = new Map<string, CheckedEntry>()
  let last = -1
  for (const [place, line] of parsedLines(read(MEMBER.entries), PackagedEntry).entries()) {
    const said = line && readLeaf(line.leaf)
    if (!said) {
      found.add('entry', `line ${place + 1}`, 'This entry cannot be read.')
      continue
    }
    const { index, leaf, proof, commitments } = line
    const { entry } = said
    if (entries.has(entry)) found.add('entry', entry, 'This entry stands in the package twice.')
    entries.set(entry, { said, commitments })
    if (index <= last) found.add('entry', entry, 'This entry does not stand in its order.')
    last = index
    const hash = leafHash(leaf)
    if (index >= size) found.add('entry', entry, 'This entry has a place that the ledger does not have.')
    else {
      if (hashes && !hashes.complete(0, index).equals(hash))
        found.add('entry', entry, `This entry is not what stands at place ${index} of the ledger.`)
      const siblings = allHashes(proof)
      if (!siblings || !provesInclusion({ leaf: hash, index, size, proof: siblings, root }))
        found.add('entry', entry, 'The proof of this entry does not lead to the checkpoint.')
    }
    const items = allHashes(commitments)?.map(leafHash)
    const small = items && rootOf(items).toString('hex')
    if (said.type === 'change' && (commitments.length !== said.items || small !== said.root))
      found.add('entry', entry, 'The commitments of this entry are not those it was made for.')
  }
  return entries
}

function allHashes(hexes: readonly string[]): Buffer[] | null {
  const hashes = hexes.flatMap((hex) => hashBytes(hex) ?? [])
  return hashes.length === hexes.length ? hashes : null
}
