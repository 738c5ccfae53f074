/** Members that pairs join, directly or through others; each group in the order in which its members came. */
export function connected(pairs: Iterable<readonly [string, string]>): Set<string>[] {
  const groups = new Map<string, Set<string>>()
  for (const [a, b] of pairs) {
    const left = groups.get(a) ?? new Set([a])
    const right = groups.get(b) ?? new Set([b])
    // The smaller joins the larger, so that a long chain of pairs stays quick.
    const [into, from] = left.size >= right.size ? [left, right] : [right, left]
    for (const member of from) {
      into.add(member)
      groups.set(member, into)
    }
    for (const member of [a, b]) groups.set(member, into)
  }
  return [...new Set(groups.values())]
}
