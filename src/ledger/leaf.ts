/** What an entry's leaf says, whatever its type; members that its type does not have are absent. */
export interface Leaf {
  readonly type: string
  readonly entry: string
  readonly at: string
  readonly process: string
  readonly number: number
  /** A change: who made it, how many records it is about, and the root of the small tree over their commitments. */
  readonly who?: string
  readonly items?: number
  readonly root?: string
  /** A roll call. */
  readonly upTo?: number
  readonly void?: readonly number[]
  readonly previous?: string | null
  readonly last?: boolean
  /** A jump of the clock: the time it should have been at least. */
  readonly before?: string
  /** A lawful erasure: the class of its ground, and the revisions whose content it took out. */
  readonly ground?: string
  readonly erased?: readonly { readonly record: string; readonly n: number }[]
}

/** The content of a leaf, or null where it is none of ours. */
export function readLeaf(text: string): Leaf | null {
  let leaf: unknown
  try {
    leaf = JSON.parse(text)
  } catch {
    return null
  }
  return isLeaf(leaf) ? leaf : null
}

function isLeaf(leaf: unknown): leaf is Leaf {
  if (typeof leaf !== 'object' || leaf === null) return false
  const { type, entry, at, process, number, ...rest } = leaf as Record<string, unknown>
  if (![type, entry, at, process].every((member) => typeof member === 'string')) return false
  if (!Number.isSafeInteger(number)) return false
  if (type === 'change')
    return typeof rest.who === 'string' && Number.isSafeInteger(rest.items) && typeof rest.root === 'string'
  if (type === 'roll call')
    return (
      Number.isSafeInteger(rest.upTo) &&
      Array.isArray(rest.void) &&
      (rest.previous === null || typeof rest.previous === 'string')
    )
  if (type === 'erasure') return Array.isArray(rest.erased) && rest.erased.every(isRevision)
  return true
}

function isRevision(one: unknown): boolean {
  if (typeof one !== 'object' || one === null) return false
  const { record, n } = one as Record<string, unknown>
  return typeof record === 'string' && Number.isSafeInteger(n)
}

/** Revisions that erasures took out, as `record#n`, with the entry that did. */
export function erasuresIn(leaves: Iterable<Leaf | null>): Map<string, string> {
  const erased = new Map<string, string>()
  for (const leaf of leaves) {
    if (leaf?.type !== 'erasure') continue
    for (const { record, n } of leaf.erased ?? []) erased.set(`${record}#${n}`, leaf.entry)
  }
  return erased
}
