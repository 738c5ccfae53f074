import { sha256 } from '../foundation/hashing.ts'

/** Leaf hash, RFC 6962 §2.1: SHA-256(0x00 ‖ data). */
export function leafHash(data: Uint8Array | string): Buffer {
  return sha256(LEAF, data)
}

/** Node hash, RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right)
}

const LEAF = new Uint8Array([0])
const NODE = new Uint8Array([1])

/**
 * A Merkle tree that only grows, as the roots of its complete subtrees, largest first. Appending costs O(log n)
 * and the whole tree is never held.
 */
export class GrowingTree {
  #size = 0
  #peaks: { size: number; hash: Buffer }[] = []

  get size(): number {
    return this.#size
  }

  copy(): GrowingTree {
    const tree = new GrowingTree()
    tree.#size = this.#size
    tree.#peaks = [...this.#peaks]
    return tree
  }

  append(leaf: Buffer): void {
    let node = { size: 1, hash: leaf }
    for (let last = this.#peaks.at(-1); last?.size === node.size; last = this.#peaks.at(-1)) {
      this.#peaks.pop()
      node = { size: node.size * 2, hash: nodeHash(last.hash, node.hash) }
    }
    this.#peaks.push(node)
    this.#size += 1
  }

  /** The tree's hash; of the empty tree, SHA-256 of nothing (RFC 6962 §2.1). */
  root(): Buffer {
    const [last, ...rest] = [...this.#peaks].reverse()
    if (!last) return sha256()
    return rest.reduce((right, { hash }) => nodeHash(hash, right), last.hash)
  }
}

/** Root of a list of leaf hashes. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  const tree = new GrowingTree()
  for (const leaf of leaves) tree.append(leaf)
  return tree.root()
}

/**
 * Hashes of a tree by height and place, as leaves or as tiles hold them: roots of any earlier size and proofs are made
 * from whatever covers them, so that one proof needs a few tiles and never the whole log.
 */
export class KnownHashes {
  readonly #known: Map<number, Buffer>[] = []

  /** The root of the complete subtree of 2^height leaves that is the place-th of its height. */
  put(height: number, place: number, hash: Buffer): void {
    this.#at(height).set(place, hash)
  }

  /** Root of the first `size` leaves. @throws RangeError where the hashes known do not cover it */
  root(size: number): Buffer {
    return size === 0 ? sha256() : this.#between(0, size)
  }

  /** Hashes that prove the leaf at `index` in the tree of `size` leaves (RFC 6962 §2.1.1), nearest first. */
  proof(index: number, size: number): Buffer[] {
    if (index < 0 || index >= size) throw new RangeError(`There is no leaf ${index} among ${size}.`)
    const hashes: Buffer[] = []
    let [start, end] = [0, size]
    while (end - start > 1) {
      const split = start + largestPowerBelow(end - start)
      if (index < split) {
        hashes.push(this.#between(split, end))
        end = split
      } else {
        hashes.push(this.#between(start, split))
        start = split
      }
    }
    return hashes.reverse()
  }

  /** Root of the leaves from start to end, where start is a multiple of the least power of two that holds them. */
  #between(start: number, end: number): Buffer {
    const count = end - start
    const below = count === 1 ? 1 : largestPowerBelow(count)
    const whole = count === 1 ? 1 : below * 2
    if (whole === count) return this.complete(Math.log2(count), start / count)
    return nodeHash(this.#between(start, start + below), this.#between(start + below, end))
  }

  complete(height: number, place: number): Buffer {
    const known = this.#at(height).get(place)
    if (known) return known
    if (height === 0) throw new RangeError(`The hash of leaf ${place} is not known.`)
    const hash = nodeHash(this.complete(height - 1, place * 2), this.complete(height - 1, place * 2 + 1))
    this.put(height, place, hash)
    return hash
  }

  #at(height: number): Map<number, Buffer> {
    const known = this.#known[height] ?? new Map<number, Buffer>()
    this.#known[height] = known
    return known
  }
}

/** Whether the proof leads from the leaf to the root (RFC 9162 §2.1.3.2). */
export function provesInclusion({
  leaf,
  index,
  size,
  proof,
  root,
}: {
  leaf: Buffer
  index: number
  size: number
  proof: readonly Buffer[]
  root: Buffer
}): boolean {
  if (index < 0 || index >= size) return false
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else hash = nodeHash(hash, sibling)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && hash.equals(root)
}

function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}
