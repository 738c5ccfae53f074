import { z } from 'zod'

/** The format of a package, and the first line of what its maker signs. docs/package-format.md describes it. */
export const PACKAGE_FORMAT = 'rapporteur-package/1'

/** What a package was made for; only the first exists yet. */
export const PROFILES = ['court', 'partner', 'public'] as const

export const PackageManifest = z.object({
  format: z.literal(PACKAGE_FORMAT),
  program: z.string(),
  profile: z.enum(PROFILES),
  dossier: z.object({ id: z.string(), slug: z.string(), title: z.string() }),
  /** Every other member in the order in which it stands. */
  members: z.array(z.object({ name: z.string(), sha256: z.string(), size: z.number() })),
})
export type PackageManifest = z.infer<typeof PackageManifest>

/** One line of `ledger/entries.jsonl`. */
export const PackagedEntry = z.object({
  index: z.number().int().nonnegative(),
  /** The leaf as it stands in the tree. */
  leaf: z.string(),
  /** RFC 6962 hashes from the leaf to the checkpoint's root, in hexadecimal, nearest first. */
  proof: z.array(z.string()),
  /** For a change: the commitments of all its items, those of other dossiers too. */
  commitments: z.array(z.string()),
})
export type PackagedEntry = z.infer<typeof PackagedEntry>

/** One line of `records.jsonl`: a revision. `salt` and `committed` are null where the content was erased. */
export const PackagedRevision = z.object({
  record: z.string(),
  n: z.number().int(),
  kind: z.string(),
  entry: z.string(),
  item: z.number().int().nonnegative(),
  at: z.string(),
  who: z.string(),
  salt: z.string().nullable(),
  commitment: z.string(),
  /** The very text that was hashed: canonical JSON of the record in its published form. */
  committed: z.string().nullable(),
  /** True where whoever made the package may not see it: salt and text are null, and the commitment stands for them. */
  withheld: z.unknown().optional(),
})
export type PackagedRevision = z.infer<typeof PackagedRevision>

export const MEMBER = {
  readme: 'rapporteur-package.txt',
  coding: 'coding.json',
  checkpoint: 'ledger/checkpoint',
  entries: 'ledger/entries.jsonl',
  key: 'ledger/key',
  tiles: 'ledger/',
  originals: 'originals/',
  readings: 'readings/',
  records: 'records.jsonl',
  manifest: 'manifest.note',
} as const

/** Names of the text of a reading and of an original. */
export function readingMember(id: string): string {
  return `${MEMBER.readings}${id}.txt`
}

export function originalMember(sha256: string): string {
  return `${MEMBER.originals}${sha256}`
}
