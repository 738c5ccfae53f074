import { codePointSlice } from '../foundation/code-points.ts'
import { newId } from '../foundation/ids.ts'
import { toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Changed } from '../ledger/record-kind.ts'
import type { CitableText, FittedWords } from '../sources/citable-text.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import { type Drift, toReadingPoint } from '../sources/drift.ts'
import { citable } from '../sources/layout-store.ts'
import type { Passage } from '../sources/source.ts'
import { passageKind } from '../sources/source-kinds.ts'
import { passagesOf, readingInUse, sourcesNamed } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import type { CodingSource, CodingTarget } from './coding-format.ts'

export interface Anchored {
  readonly source: string
  readonly passages: string[]
  /** Sentences for the person who applies the file: differences of a loose fit, words in boilerplate. */
  readonly warnings: { code: string; sentence: string }[]
  /** What follows each of the words in its source, to its next paragraph and some way beyond. */
  readonly behind: string[]
}

/** UTF-16 units that are given of what follows. */
const BEHIND = 600

type NamedSources = Awaited<ReturnType<typeof sourcesNamed>>

/** Places the targets of a coding file in the readings of a dossier's sources; makes passages that are not there yet. */
export class Anchorer {
  readonly changes: Changed[] = []
  readonly #texts = new Map<
    string,
    { read: CitableText; drift: Drift | undefined; known: Map<string, string> }
  >()
  readonly #sources: NamedSources

  private constructor(sources: NamedSources) {
    this.#sources = sources
  }

  /** @param about.listed the bytes that names of this file mean, as its head says */
  static async open(
    tx: Tx,
    dossier: KnownDossier,
    { names, listed }: { names: readonly string[]; listed: readonly CodingSource[] },
  ): Promise<Anchorer> {
    const sources = await sourcesMeant(tx, dossier, { names, listed })
    const anchorer = new Anchorer(sources)
    for (const [id, readingId] of new Map([...sources.values()].flat().map((one) => [one.id, one.reading]))) {
      const reading = readingId === null ? null : await readingInUse(tx, id)
      if (!reading) continue
      const known = await passagesOf(tx, id)
      anchorer.#texts.set(id, {
        read: await citable(tx, reading),
        drift: reading.reading.drift,
        known: new Map(
          known
            .filter((one) => one.passage.state !== 'lost')
            .map(({ id, passage }) => [placeOf(passage), id]),
        ),
      })
    }
    return anchorer
  }

  /** SHA-256 of the source a file means by this name, for items that have no id of their own. */
  sha256Of(name: string): string | null {
    return this.#sources.get(name)?.[0]?.sha256 ?? null
  }

  /**
   * @throws Refusal `source_unknown`, `source_ambiguous`, `source_unread`, `target_two_sources`,
   *   `words_nowhere`, `words_ambiguous`, `target_without_words`
   */
  anchor(targets: readonly CodingTarget[]): Anchored {
    const passages: string[] = []
    const warnings: Anchored['warnings'] = []
    const behind: string[] = []
    const sources = new Set<string>()
    for (const target of targets) {
      const source = this.#sourceOf(target.source)
      sources.add(source)
      const { passage, warned, follows } = this.#place(source, target)
      passages.push(passage)
      behind.push(follows)
      warnings.push(...warned)
    }
    const [source] = sources
    if (source === undefined || sources.size > 1) {
      throw new Refusal(
        'target_two_sources',
        'The words of one item must stand in one source; make one item a source.',
      )
    }
    return { source, passages: [...new Set(passages)], warnings, behind }
  }

  #sourceOf(name: string): string {
    const found = this.#sources.get(name) ?? []
    const [source] = found
    if (!source) {
      throw new Refusal('source_unknown', `There is no source "${name}" in this dossier; import it first.`)
    }
    if (found.length > 1) {
      throw new Refusal(
        'source_ambiguous',
        `${found.length} sources are called "${name}"; name the one that is meant as sha256:… instead.`,
      )
    }
    if (!this.#texts.has(source.id)) {
      throw new Refusal(
        'source_unread',
        `The source "${name}" has no reading yet, so no words of it can be cited.`,
      )
    }
    return source.id
  }

  #place(
    source: string,
    target: CodingTarget,
  ): { passage: string; warned: Anchored['warnings']; follows: string } {
    const text = this.#texts.get(source)
    if (!text) throw new Refusal('source_unread', `The source "${target.source}" has no reading yet.`)
    const fitted = text.read.fit(selectorOf(target, text))
    const warned = warningsOf(fitted)
    const place = placeOf(fitted)
    const at = text.read.folded.points.toUnits(fitted.end)
    const follows = text.read.text.slice(at, at + BEHIND)
    const known = text.known.get(place)
    if (known !== undefined) return { passage: known, warned, follows }
    const passage: Passage = {
      source,
      reading: text.read.reading,
      start: fitted.start,
      end: fitted.end,
      exact: fitted.exact,
      prefix: fitted.prefix,
      suffix: fitted.suffix,
      state: 'intact',
      ...(fitted.loose ? { loose: fitted.loose } : {}),
      ...(fitted.marked ? { marked: fitted.marked } : {}),
      ...(fitted.regions ? { regions: fitted.regions } : {}),
    }
    const id = newId('passage')
    this.changes.push({
      kind: passageKind,
      revision: 0,
      state: { id, level: 'organisation', case: null, body: toJson(passage) },
    })
    text.known.set(place, id)
    return { passage: id, warned, follows }
  }
}

/**
 * Bytes that the file lists for a name are surer than a name: where they are here, under whatever name, they are meant.
 * Otherwise the name decides.
 */
async function sourcesMeant(
  tx: Tx,
  dossier: KnownDossier,
  { names, listed }: { names: readonly string[]; listed: readonly CodingSource[] },
): Promise<NamedSources> {
  const bytes = new Map<string, Set<string>>()
  for (const { source, sha256 } of listed)
    bytes.set(source, (bytes.get(source) ?? new Set()).add(`sha256:${sha256}`))
  const found = await sourcesNamed(tx, dossier.id, [
    ...new Set([...names, ...[...bytes.values()].flatMap((all) => [...all])]),
  ])
  return new Map(
    names.map((name) => {
      const here = [...(bytes.get(name) ?? [])].flatMap((one) => found.get(one) ?? [])
      return [name, here.length > 0 ? here : (found.get(name) ?? [])]
    }),
  )
}

function placeOf({ start, end }: { start: number; end: number }): string {
  return `${start}-${end}`
}

/** Positions of a target count the file's text. A position alone is allowed: it means the words that stand there. */
function selectorOf(target: CodingTarget, { read, drift }: { read: CitableText; drift: Drift | undefined }) {
  const quote = target.selector.find((one) => one.type === 'TextQuoteSelector')
  const inFile = target.selector.find((one) => one.type === 'TextPositionSelector')
  const position = inFile && {
    start: toReadingPoint(drift, inFile.start),
    end: toReadingPoint(drift, inFile.end),
  }
  if (quote) {
    const { exact, prefix, suffix } = quote
    return {
      exact,
      ...(prefix === undefined ? {} : { prefix }),
      ...(suffix === undefined ? {} : { suffix }),
      ...position,
    }
  }
  if (position && position.end > position.start && position.end <= read.length) {
    return {
      exact: codePointSlice(read.text)(position.start, position.end),
      ...position,
    }
  }
  throw new Refusal(
    'target_without_words',
    'A target needs the exact words, or a position inside the source.',
  )
}

function warningsOf(fitted: FittedWords): Anchored['warnings'] {
  const warned: Anchored['warnings'] = []
  if (fitted.loose) {
    warned.push({
      code: 'words_loose',
      sentence: `Fits on letters and digits alone; what differs: ${fitted.loose.join('; ')}.`,
    })
  }
  if (fitted.marked) {
    warned.push({
      code: 'words_marked',
      sentence: `These words are marked as ${fitted.marked}: they may be cited, but are no origin of their own.`,
    })
  }
  return warned
}
