import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { detectLanguage, nameKey } from '../foundation/languages.ts'
import type { Changed } from '../ledger/record-kind.ts'
import { type KnownMatter, keyFromName, type Matter, MatterName } from '../matters/matter.ts'
import { matterKind } from '../matters/matter-kinds.ts'
import { mattersByKey, mattersByName } from '../matters/matter-store.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import type { Tx } from '../storage/database.ts'
import type { CodingItem, CodingMatter } from './coding-format.ts'
import { speakersOf } from './statement.ts'

/** Somebody a coding file designates as a speaker; `key` may be missing. */
interface Designated {
  name: string
  key?: string | undefined
  named?: boolean | undefined
}

/**
 * The matters that a coding file speaks of, by its own keys: known ones matched, new ones made.
 *
 * Matched by key first, else by kind and name among named matters. Unnamed ones are never matched by name.
 */
export class MatterResolver {
  readonly changes: Changed[] = []
  #byKey = new Map<string, KnownMatter>()
  #speakersByName = new Map<string, KnownMatter>()
  readonly #dossier: KnownDossier

  private constructor(dossier: KnownDossier) {
    this.#dossier = dossier
  }

  static async open(
    tx: Tx,
    dossier: KnownDossier,
    file: { matters: readonly CodingMatter[]; items: readonly CodingItem[] },
  ): Promise<MatterResolver> {
    const resolver = new MatterResolver(dossier)
    const speakers = file.items.flatMap(designatedIn)
    const unnamedKeys = unnamedIn(file.items)
    await resolver.#declare(tx, file.matters, { unnamedKeys, mentioned: keysIn(file.items, speakers) })
    await resolver.#designate(tx, speakers)
    return resolver
  }

  /** The matter under a key of the file, or null where neither the file nor the installation knows it. */
  byKey(key: string): KnownMatter | null {
    return this.#byKey.get(key) ?? null
  }

  /** The matter of a speaker; made where there was none. `place` tells unnamed speakers without key apart. */
  speaker(speaker: Designated, place: string): KnownMatter {
    const found =
      speaker.key === undefined
        ? speaker.named === false
          ? this.#byKey.get(unnamedKey(speaker, place))
          : this.#speakersByName.get(nameKey(speaker.name))
        : this.#byKey.get(speaker.key)
    if (found) return found
    const key =
      speaker.key ?? (speaker.named === false ? unnamedKey(speaker, place) : this.#freeKey(speaker.name))
    const made = this.#make({ key, kind: 'body', name: speaker.name, aliases: [] }, speaker.named !== false)
    if (speaker.key === undefined && speaker.named !== false) {
      this.#speakersByName.set(nameKey(speaker.name), made)
    }
    return made
  }

  async #declare(
    tx: Tx,
    declared: readonly CodingMatter[],
    { unnamedKeys, mentioned }: { unnamedKeys: Set<string>; mentioned: Set<string> },
  ): Promise<void> {
    const keys = new Set([...declared.map(({ key }) => key), ...mentioned])
    this.#byKey = await mattersByKey(tx, [...keys])
    const unknown = declared.filter(({ key }) => !this.#byKey.has(key))
    const named = unknown.filter((matter) => matter.named !== false && !unnamedKeys.has(matter.key))
    const candidates = await mattersByName(tx, [...new Set(named.map(({ name }) => name))])
    for (const matter of declared) {
      const known = this.#byKey.get(matter.key)
      if (known) {
        this.#addNames(known, matter)
        continue
      }
      const isNamed = named.includes(matter)
      const match = isNamed
        ? standingFirst(candidates.get(matter.name)).find(
            (one) => one.matter.kind === matter.kind && one.matter.named,
          )
        : undefined
      if (match) this.#byKey.set(matter.key, match)
      else this.#make(matter, isNamed)
    }
  }

  /** Speakers that came without a key: by name among named matters that can speak. */
  async #designate(tx: Tx, speakers: readonly { speaker: Designated; place: string }[]): Promise<void> {
    const keyless = speakers.filter(({ speaker }) => speaker.key === undefined)
    const unnamed = keyless.filter(({ speaker }) => speaker.named === false)
    const known = await mattersByKey(
      tx,
      unnamed.map(({ speaker, place }) => unnamedKey(speaker, place)),
    )
    for (const [key, matter] of known) this.#byKey.set(key, matter)
    const names = [
      ...new Set(keyless.filter(({ speaker }) => speaker.named !== false).map((k) => k.speaker.name)),
    ]
    const matches = await mattersByName(tx, names)
    for (const name of names) {
      const own = this.changes.find(
        ({ state }) => state.body.named === true && nameKey(String(state.body.name)) === nameKey(name),
      )
      const fromFile = own && [...this.#byKey.values()].find((matter) => matter.id === own.state.id)
      const match = standingFirst(matches.get(name)).find(
        ({ matter }) => matter.named && CAN_SPEAK.has(matter.kind),
      )
      const found = fromFile ?? match
      if (found) this.#speakersByName.set(nameKey(name), found)
    }
  }

  #make(declared: CodingMatter, named: boolean): KnownMatter {
    const matter: Matter = {
      kind: declared.kind,
      name: declared.name,
      key: declared.key,
      named,
      names: declared.aliases.map(asName),
      note: declared.note ?? null,
      dossier: this.#dossier.id,
      parent: null,
      mergedInto: null,
    }
    const made = { id: newId('matter'), revision: 1, matter }
    this.changes.push({
      kind: matterKind,
      revision: 0,
      state: { id: made.id, level: 'organisation', case: null, body: toJson(matter) },
    })
    this.#byKey.set(declared.key, made)
    return made
  }

  /** A known matter keeps its title; spellings that the file adds are added. */
  #addNames(known: KnownMatter, declared: CodingMatter): void {
    const have = new Set([known.matter.name, ...known.matter.names.map(({ text }) => text)])
    const more = [declared.name, ...declared.aliases].filter((text) => !have.has(text))
    if (more.length === 0) return
    const matter = { ...known.matter, names: [...known.matter.names, ...[...new Set(more)].map(asName)] }
    this.changes.push({
      kind: matterKind,
      revision: known.revision,
      state: { id: known.id, level: 'organisation', case: null, body: toJson(matter) },
    })
    this.#byKey.set(declared.key, { id: known.id, revision: known.revision + 1, matter })
  }

  #freeKey(name: string): string {
    const key = keyFromName(name)
    return this.#byKey.has(key) || key === '' ? `${key}-${newId('matter').slice(-6)}` : key
  }
}

/** A name that only a merged matter has still finds it: what is said of it counts for the one that stands for it. */
function standingFirst(found: readonly KnownMatter[] = []): KnownMatter[] {
  return [...found].sort(
    (a, b) => Number(a.matter.mergedInto !== null) - Number(b.matter.mergedInto !== null),
  )
}

/** Kinds of matters whose name may stand for a speaker when no key says which is meant. */
const CAN_SPEAK = new Set(['person', 'group', 'body', 'post'])

function asName(text: string): MatterName {
  return MatterName.parse({ text, language: detectLanguage(text) })
}

/** Unnamed speakers without a key stay apart, and the same file finds each of them again. */
function unnamedKey(speaker: Designated, place: string): string {
  return `${place}/${keyFromName(speaker.name)}`
}

function designatedIn(item: CodingItem): { speaker: Designated; place: string }[] {
  if (item.body.type !== 'Statement') return []
  const { speakers } = item.body
  return speakers.flatMap((link, position) =>
    speakersOf(link).flatMap((speaker) => {
      const place = `${item.id ?? ''}/${position}`
      return speaker.for
        ? [
            { speaker, place },
            { speaker: speaker.for, place },
          ]
        : [{ speaker, place }]
    }),
  )
}

function unnamedIn(items: readonly CodingItem[]): Set<string> {
  const keys = new Set<string>()
  for (const item of items) {
    for (const { speaker } of designatedIn(item)) {
      if (speaker.key !== undefined && speaker.named === false) keys.add(speaker.key)
    }
    if (item.body.type !== 'Statement') continue
    for (const { matter, aspect, value } of item.body.about) {
      const term = value !== null && typeof value === 'object' && 'term' in value ? value.term : null
      if (aspect === 'identity' && (term === 'unknown' || term === 'unnamed')) keys.add(matter)
    }
  }
  return keys
}

/** Every key an item uses, so that what the installation knows already is found without being declared again. */
function keysIn(items: readonly CodingItem[], speakers: { speaker: Designated }[]): Set<string> {
  const keys = new Set<string>()
  const add = (key: unknown) => {
    if (typeof key === 'string') keys.add(key)
  }
  for (const { speaker } of speakers) add(speaker.key)
  for (const { body } of items) {
    if (body.type === 'Statement') {
      for (const entry of body.about) {
        add(entry.matter)
        for (const value of [entry.value, entry.normalised, entry.relativeTo]) {
          if (value && typeof value === 'object' && 'matter' in value) add(value.matter)
        }
      }
      for (const key of body.protected ?? []) add(key)
    } else if (body.type === 'Mention') add(body.matter)
    else if (body.type === 'SourceFact') {
      add(body.suppliedBy)
      if (body.value && typeof body.value === 'object' && 'matter' in body.value) add(body.value.matter)
    }
  }
  return keys
}
