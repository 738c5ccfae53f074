import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { openNote, signNote } from './note.ts'
import { putTile, TILE_WIDTH, TileMaker, tileAt, tileBytes, tilePath, tilesOf } from './tiles.ts'
import { GrowingTree, KnownHashes, leafHash, nodeHash, provesInclusion, rootOf } from './tree.ts'

/** The leaves of the Certificate Transparency reference tests, and the roots of their first n. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const key = (() => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { name: 'example.org/log', privateKey, publicKey }
})()

test('L4 roots of the reference leaves', () => {
  const leaves = LEAVES.map((hex) => leafHash(Buffer.from(hex, 'hex')))
  for (const [n, root] of ROOTS.entries()) expect(rootOf(leaves.slice(0, n + 1)).toString('hex')).toBe(root)
  expect(rootOf([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('L4 a growing tree has the root of the recursive definition, and every proof leads to it and to no other', () => {
  const naive = (leaves: Buffer[]): Buffer => {
    if (leaves.length <= 1) return leaves[0] ?? rootOf([])
    let split = 1
    while (split * 2 < leaves.length) split *= 2
    return nodeHash(naive(leaves.slice(0, split)), naive(leaves.slice(split)))
  }
  fc.assert(
    fc.property(
      fc.array(fc.string(), { minLength: 1, maxLength: 70 }),
      fc.nat(),
      fc.nat(),
      (data, at, other) => {
        const leaves = data.map((one) => leafHash(one))
        const tree = new GrowingTree()
        for (const leaf of leaves) tree.append(leaf)
        const root = tree.root()
        expect(root.equals(naive(leaves))).toBe(true)
        const index = at % leaves.length
        const leaf = leaves[index]
        const known = new KnownHashes()
        for (const [place, hash] of leaves.entries()) known.put(0, place, hash)
        expect(known.root(leaves.length)).toEqual(root)
        const proof = known.proof(index, leaves.length)
        if (!leaf) throw new Error('no leaf')
        expect(provesInclusion({ leaf, index, size: leaves.length, proof, root })).toBe(true)
        expect(provesInclusion({ leaf: leafHash('another'), index, size: leaves.length, proof, root })).toBe(
          false,
        )
        const elsewhere = other % leaves.length
        if (!leaves[elsewhere]?.equals(leaf)) {
          expect(provesInclusion({ leaf, index: elsewhere, size: leaves.length, proof, root })).toBe(false)
        }
      },
    ),
  )
})

test('L5 no flipped bit of a note is accepted', () => {
  const note = Buffer.from(signNote('example.org/log\n12\nbytes\n', key))
  expect(openNote(note.toString(), key)).toBe('example.org/log\n12\nbytes\n')
  for (let at = 0; at < note.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const flipped = Buffer.from(note)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
      expect(openNote(flipped.toString(), key)).toBeNull()
    }
  }
})

test('L5 a checkpoint is read back, and refused under another origin or key', () => {
  const checkpoint = { size: 3, root: leafHash('x') }
  const note = signCheckpoint(checkpoint, key)
  expect(openCheckpoint(note, key)).toEqual(checkpoint)
  expect(openCheckpoint(note, { ...key, name: 'example.org/other' })).toBeNull()
  expect(
    openCheckpoint(
      note,
      generateKeyPairSync('ed25519') && { ...key, publicKey: generateKeyPairSync('ed25519').publicKey },
    ),
  ).toBeNull()
})

test('L8 tiles are named as C2SP tlog-tiles names them, and read back', () => {
  const named: [string, Parameters<typeof tilePath>[0]][] = [
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/1/x001/000.p/7', { level: 1, index: 1000, width: 7 }],
  ]
  for (const [path, tile] of named) {
    expect(tilePath(tile)).toBe(path)
    expect(tileAt(path)).toEqual({ ...tile, kind: 'hashes' })
  }
  expect(tilePath({ level: 0, index: 12, width: 3 }, 'entries')).toBe('tile/entries/012.p/3')
  for (const path of ['tile/0/0', 'tile/0/000.p/256', 'tile/0/000.p/0', 'tile/00/000', 'tile/0/x000/001'])
    expect(tileAt(path)).toBeNull()
})

test('L8 full tiles made while a log grows are those of its tree, and prove as the leaves do', () => {
  const size = TILE_WIDTH * TILE_WIDTH + 300
  const leaves = new KnownHashes()
  const full = new Map<string, Buffer>()
  const maker = new TileMaker((tile, bytes) => full.set(tilePath({ ...tile, width: TILE_WIDTH }), bytes))
  for (let index = 0; index < size; index += 1) {
    const hash = leafHash(String(index))
    leaves.put(0, index, hash)
    maker.append(hash)
  }
  const tiles = tilesOf(size)
  expect(tiles.map((tile) => tilePath(tile)).slice(-4)).toEqual([
    'tile/0/257.p/44',
    'tile/1/000',
    'tile/1/001.p/1',
    'tile/2/000.p/1',
  ])
  for (const tile of tiles)
    if (tile.width === TILE_WIDTH) expect(full.get(tilePath(tile))).toEqual(tileBytes(leaves, tile))
  const few = new KnownHashes()
  for (const tile of tiles)
    if (tile.level > 0 || [0, 256, 257].includes(tile.index)) putTile(few, tile, tileBytes(leaves, tile))
  expect(few.root(size)).toEqual(leaves.root(size))
  for (const index of [0, 255, TILE_WIDTH * TILE_WIDTH, size - 1])
    expect(few.proof(index, size)).toEqual(leaves.proof(index, size))
})
