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

/** Hashes that prove the leaf at `index` in the tree of these leaves (RFC 6962 §2.1.1), nearest first. */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length)
    throw new RangeError(`There is no leaf ${index} among ${leaves.length}.`)
  if (leaves.length === 1) return []
  const split = largestPowerBelow(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)]
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
