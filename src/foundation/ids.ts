import { randomOnce } from './random.ts'

/** Crockford's base 32 in lower case: no i, l, o, u, so that an id read aloud is written down rightly. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** What an id says it names. The prefix is part of the id for ever; add one here before you add a noun. */
export const ID_PREFIXES = {
  organisation: 'org',
  person: 'per',
  dossier: 'dos',
  source: 'src',
  reading: 'rdg',
  passage: 'psg',
  matter: 'mat',
  aspect: 'asp',
  statement: 'stm',
  remark: 'rmk',
  link: 'lnk',
  emendation: 'emd',
  finding: 'fnd',
  tag: 'tag',
  draft: 'drf',
  entry: 'ent',
  process: 'prc',
  session: 'ses',
  passkey: 'pky',
  membership: 'mbr',
  case: 'cas',
  access: 'acc',
  level: 'lvl',
  interlocutor: 'itl',
  helper: 'hlp',
  grant: 'grt',
  'public reason': 'pbr',
  concern: 'cnc',
  task: 'tsk',
  use: 'use',
  interview: 'itv',
  'sensitive form': 'svf',
  training: 'trn',
  erasure: 'ers',
  'data request': 'dsr',
  breach: 'brc',
  processing: 'prg',
  review: 'rvw',
} as const

export type IdKind = keyof typeof ID_PREFIXES

/** A new random id: prefix, underscore, 20 characters (100 bits). Random, so that it tells nothing and nobody can guess it. */
export function newId(kind: IdKind): string {
  const bytes = randomOnce(20)
  let id = `${ID_PREFIXES[kind]}_`
  for (const byte of bytes) id += ALPHABET[byte & 31]
  return id
}

/** What an id names by its prefix, or null. */
export function kindOfId(id: string): IdKind | null {
  const prefix = id.slice(0, id.indexOf('_'))
  for (const [kind, known] of Object.entries(ID_PREFIXES)) if (known === prefix) return kind as IdKind
  return null
}
