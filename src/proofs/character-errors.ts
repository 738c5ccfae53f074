/**
 * The share of characters that were read wrongly: the least number of insertions, deletions and replacements that make one text
 * of the other (Levenshtein 1966), by the length of the true one. White space counts as one space wherever it stands.
 */
export function characterErrors(truth: string, read: string): number {
  const [a, b] = [plain(truth), plain(read)]
  let row = Uint32Array.from({ length: b.length + 1 }, (_, n) => n)
  for (const [n, letter] of a.entries()) {
    const next = new Uint32Array(b.length + 1)
    next[0] = n + 1
    for (let k = 0; k < b.length; k += 1)
      next[k + 1] = Math.min(
        (row[k] ?? 0) + (letter === b[k] ? 0 : 1),
        (row[k + 1] ?? 0) + 1,
        (next[k] ?? 0) + 1,
      )
    row = next
  }
  return a.length === 0 ? 0 : (row[b.length] ?? 0) / a.length
}

function plain(text: string): string[] {
  return [...text.normalize('NFC').replace(/\s+/gu, ' ').trim()]
}
