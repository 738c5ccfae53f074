/** Keys by their rows, of a Latin and a Russian keyboard; the row of digits stands half a key to the left. */
const KEYBOARDS = [
  ['`1234567890-=', 'qwertyuiop[]', "asdfghjkl;'", 'zxcvbnm,./'],
  ['ё1234567890-=', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю.'],
]

interface Place {
  readonly keyboard: number
  readonly row: number
  readonly column: number
}

const PLACES = new Map<string, Place[]>()
for (const [keyboard, rows] of KEYBOARDS.entries())
  for (const [row, keys] of rows.entries())
    for (const [at, key] of [...keys].entries()) {
      const places = PLACES.get(key) ?? []
      places.push({ keyboard, row, column: row === 0 ? at - 1 : at })
      PLACES.set(key, places)
    }

/** Whether a finger slides from one to the other: the same key, its neighbour, or the next letter or digit. */
function areNear(one: string, other: string): boolean {
  if (one === other) return true
  const apart = Math.abs((one.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0))
  if (apart === 1 && /^[\p{L}\p{N}]+$/u.test(one + other)) return true
  return (PLACES.get(one) ?? []).some((from) =>
    (PLACES.get(other) ?? []).some(
      (to) =>
        from.keyboard === to.keyboard &&
        Math.abs(from.row - to.row) <= 1 &&
        Math.abs(from.column - to.column) <= 1,
    ),
  )
}

/** Keys in a row from which a finger has slid: of two nobody can tell. */
const SLID = 3

/** What is left of a password without repeats, sequences and walks over the keyboard (1q2w3e4r, zxcvbn, 98765). */
export function withoutWalks(plain: string): string {
  let left = ''
  let run: string[] = []
  const endRun = (): void => {
    if (run.length < SLID) left += run.join('')
    run = []
  }
  for (const key of plain) {
    const before = run.at(-1)
    if (before !== undefined && !areNear(before, key)) endRun()
    run.push(key)
  }
  endRun()
  return left
}

/**
 * What stands in public lists of the usual passwords (69,000 lines of two of them), is as long as ours must be, and is
 * neither a walk nor made of words that are refused anyway.
 */
const USUAL: ReadonlySet<string> = new Set([
  '23176djivanfros',
  '4815162342lost',
  '59382113kevinp',
  '89876065093rax',
  'aksjdlasdakj89879',
  'alpha135792468',
  'an83546921an13',
  'bhrh0h2oof6xbqjeh',
  'bpgjldsgjldthnf',
  'chickenwing101',
  'domainlock2005',
  'doomsayer.2.7mords.v',
  'doomsayer.2.7mords.vv',
  'friend of emily',
  'friend of gerly',
  'friend of joan',
  'ghjnbdjcnjzybt',
  'hd764nw5d7e1vb1',
  'hd764nw5d7e1vbv',
  'inactive1996aug',
  'internazionale',
  'ipo54tj45uy856',
  'iseedeadpeople',
  'kartoffelpuffer',
  'knackwurst8853',
  'lhbjkjubz2957704',
  'lost4815162342',
  'lytdybrbdfvgbhf',
  'lytghjgtnhjdcr',
  'mailcreated5240',
  'manchesterunited',
  'maurolarastefy',
  'mega_pizdetz666',
  'megaparol12345',
  'michaeljackson',
  'migrationschool',
  'momsanaladventure',
  'ne_e_pod_chehyl',
  'nemvxyheqdd5oqxyxyzi',
  'neworleans12345',
  'newproject2004',
  'nick1234-rem936',
  'passwordstandard',
  'pe#5gz29ptzmse',
  'pfqwtd27121988',
  'polniypizdec0211',
  'polniypizdec1102',
  'polniypizdec110211',
  'projectsadminx',
  'qwegta13091990',
  'sdf7asdf6asdg8df',
  'stefangreil1983',
  'telechargement',
  'websolutionssu',
  'weihnachtsbaum',
  'yfdbufnjh10305070',
  'z1x2c3v4b5n6m7',
  'zqjphsyf6ctifgu',
])

/** Whether everybody tries this one. */
export function isUsual(plain: string): boolean {
  return USUAL.has(plain)
}
