// The requirements of OWASP ASVS 5.0.0 that docs/asvs.tsv answers: all of level 1, and those of level 2 in the chapters on
// files (5), sessions (7), access control (8), data protection (14) and logging (16). Numbers only; the words are theirs.
const LEVEL_1 = {
  1: '2.1 2.2 2.3 2.4 2.5 3.1 3.2 5.1',
  2: '1.1 2.1 2.2 3.1',
  3: '2.1 2.2 3.1 4.1 4.2 5.1 5.2 5.3',
  4: '1.1 4.1',
  5: '2.1 2.2 3.1 3.2',
  6: '1.1 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 3.1 3.2 4.1 4.2',
  7: '2.1 2.2 2.3 2.4 4.1 4.2',
  8: '1.1 2.1 2.2 3.1',
  9: '1.1 1.2 1.3 2.1',
  10: '4.1 4.2 4.3 4.4 4.5',
  11: '3.1 3.2 4.1',
  12: '1.1 2.1 2.2',
  13: '4.1',
  14: '2.1 3.1',
  15: '1.1 2.1 3.1',
}
const LEVEL_2 = {
  5: '1.1 2.3 4.1 4.2 4.3',
  7: '1.1 1.2 1.3 3.1 3.2 4.3 4.4 4.5 5.1 5.2 6.1 6.2',
  8: '1.2 2.3 4.1',
  14: '1.1 1.2 2.2 2.3 2.4 3.2 3.3',
  16: '1.1 2.1 2.2 2.3 2.4 2.5 3.1 3.2 3.3 3.4 4.1 4.2 4.3 5.1 5.2 5.3',
}

/** Level by number. */
export const ASVS = new Map([...numbers(LEVEL_1, 1), ...numbers(LEVEL_2, 2)])

function numbers(chapters, level) {
  return Object.entries(chapters).flatMap(([chapter, list]) =>
    list.split(' ').map((number) => [`V${chapter}.${number}`, level]),
  )
}
