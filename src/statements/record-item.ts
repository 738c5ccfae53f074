import { sha256Hex } from '../foundation/hashing.ts'
import { kindOfId, newId } from '../foundation/ids.ts'
import { canonicalJson, toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Changed, RecordKind } from '../ledger/record-kind.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import type { Tx } from '../storage/database.ts'
import type { Anchored, Anchorer } from './anchor-items.ts'
import { attributedToAnother, namesOf } from './attributed.ts'
import type { CodedItem } from './coded-item.ts'
import type { CodingItem } from './coding-format.ts'
import { EmendationGroups } from './emendation-groups.ts'
import { LINK_RELS, type Link } from './link.ts'
import type { AspectResolver } from './resolve-aspects.ts'
import { resolveRemark, resolveStatement } from './resolve-item.ts'
import type { MatterResolver } from './resolve-matters.ts'
import type { KnownStatement, Statement } from './statement.ts'
import { linkKind, remarkKind, statementKind } from './statement-kinds.ts'
import { itemsInRecord, type KnownItem, linksFrom, statementsWaiting } from './statement-store.ts'

interface Tools {
  readonly dossier: KnownDossier
  readonly matters: MatterResolver
  readonly aspects: AspectResolver
  readonly anchorer: Anchorer
}

/** An item that can be recorded; its links are looked at when all items of the file are known. */
interface Prepared {
  readonly kind: RecordKind
  readonly id: string
  readonly known: KnownItem | undefined
  readonly body: object
  readonly warnings: CodedItem['warnings']
}
type Note = CodedItem['warnings'][number]
type Waiting = NonNullable<Statement['waiting']>

/** Turns items of a coding file into records, and knows which of them the record has already. */
export class ItemRecorder {
  readonly #tools: Tools
  readonly #changes: Changed[] = []
  readonly #emendations: EmendationGroups
  #known = new Map<string, KnownItem>()
  #links = new Map<string, { id: string; revision: number; note: string | null }>()
  /** Item name to record id, of this file and of the record. */
  readonly #ids = new Map<string, string>()
  readonly #names = new Map<CodingItem, string>()
  readonly #prepared = new Map<CodingItem, Prepared>()
  /** Statements of earlier files with links to items that were not there. */
  #waiting: readonly KnownStatement[] = []
  /** Whoever speaks anywhere in the file. */
  #speakers: ReadonlySet<string> = new Set()

  private constructor(tools: Tools, emendations: EmendationGroups) {
    this.#tools = tools
    this.#emendations = emendations
  }

  static async open(tx: Tx, tools: Tools): Promise<ItemRecorder> {
    return new ItemRecorder(tools, await EmendationGroups.open(tx, tools.dossier))
  }

  get changes(): Changed[] {
    return [...this.#changes, ...this.#emendations.changes]
  }

  /** Look up, once for the whole file, what the record has under these items and everything they link to. */
  async expect(tx: Tx, items: readonly CodingItem[]): Promise<void> {
    for (const item of items) this.#names.set(item, this.#identityOf(item))
    this.#speakers = new Set(items.flatMap(({ body }) => (body.type === 'Statement' ? namesOf(body) : [])))
    const links = items.flatMap((item) => (item.body.type === 'Statement' ? (item.body.links ?? []) : []))
    const others = items.flatMap(({ body }) =>
      'duplicateOf' in body && body.duplicateOf !== undefined ? [body.duplicateOf] : [],
    )
    const names = new Set(this.#names.values())
    this.#waiting = (await statementsWaiting(tx, this.#tools.dossier.id)).filter(
      ({ statement }) => !names.has(statement.item),
    )
    const awaited = this.#waiting.flatMap(({ statement }) => statement.waiting ?? [])
    const wanted = new Set([...names, ...[...links, ...awaited].map(({ to }) => to), ...others])
    this.#known = await itemsInRecord(tx, this.#tools.dossier.id, [...wanted])
    for (const [name, known] of this.#known) this.#ids.set(name, known.id)
    const starts = [...this.#known.values(), ...this.#waiting].map(({ id }) => id)
    this.#links = await linksFrom(tx, starts)
  }

  /**
   * Place an item and look up all it names; `record` it when every item of the file has been prepared.
   *
   * @throws Refusal of Anchorer.anchor, resolveStatement and resolveRemark; `item_kind_changed`
   */
  prepare(item: CodingItem): void {
    const name = this.#names.get(item) ?? ''
    const anchored = this.#tools.anchorer.anchor(item.target)
    const known = this.#known.get(name)
    const place = {
      dossier: this.#tools.dossier.id,
      source: anchored.source,
      passages: anchored.passages,
      item: name,
      ...(item.inventory ? { inventory: item.inventory } : {}),
      ...(item.sentence === undefined ? {} : { sentence: item.sentence }),
      ...(item.motivation === undefined ? {} : { motivation: item.motivation }),
    }
    const body =
      item.body.type === 'Statement'
        ? resolveStatement(item.body, place, this.#tools)
        : resolveRemark(item.body, place, this.#tools)
    const kind = item.body.type === 'Statement' ? statementKind : remarkKind
    const id = known?.id ?? newId(item.body.type === 'Statement' ? 'statement' : 'remark')
    if (known && known.kind !== kind.name) {
      throw new Refusal(
        'item_kind_changed',
        `"${name}" is a ${known.kind} in this record and cannot become a ${kind.name}; give the new one an id of its own.`,
      )
    }
    this.#ids.set(name, id)
    if (item.body.type === 'Statement') this.#emendations.note(id, item.body.about)
    this.#prepared.set(item, {
      kind,
      id,
      known,
      body,
      warnings: [...anchored.warnings, ...this.#attribution(item, anchored)],
    })
  }

  #attribution({ body }: CodingItem, { behind }: Anchored): Note[] {
    if (body.type !== 'Statement') return []
    const own = namesOf(body)
    return behind.flatMap((words) => {
      const other = attributedToAnother(words, { own, all: this.#speakers })
      if (other === null) return []
      const sentence = `In the source "(${other})" follows these words, and the item says ${own[0]}; look whether they are the ones that are meant.`
      return [{ code: 'words_of_another', sentence }]
    })
  }

  /** Record a prepared item with its links. One to an item that is not there is kept, and waits for it. */
  record(item: CodingItem): CodedItem {
    const prepared = this.#prepared.get(item)
    if (!prepared) throw new Error('An item was recorded before it was prepared.')
    const { waiting, notes } = this.#link(item, prepared.id)
    const body = waiting.length > 0 ? { ...prepared.body, waiting } : prepared.body
    return {
      item: this.#names.get(item) ?? '',
      outcome: this.#keep({ ...prepared, body }),
      warnings: [...prepared.warnings, ...notes],
    }
  }

  /** Make the links of earlier files that waited for items which are there now. */
  linkWaiting(): void {
    for (const { id, revision, statement } of this.#waiting) {
      const { waiting = [], ...rest } = statement
      const still = waiting.filter(({ rel, to, note }) => {
        const target = this.#ids.get(to)
        if (target === undefined || kindOfId(target) !== 'statement') return true
        this.#keepLink({ from: id, rel, to: target, note: note ?? null })
        return false
      })
      if (still.length === waiting.length) continue
      const body = toJson(still.length > 0 ? { ...rest, waiting: still } : rest)
      const { level } = this.#tools.dossier
      this.#changes.push({ kind: statementKind, revision, state: { id, level, case: null, body } })
    }
  }

  /** An item's links, with notes on those that wait (`link_waits`) or cannot be made (`link_rel_unknown`, `link_target_unknown`). */
  #link(item: CodingItem, from: string): { waiting: Waiting; notes: Note[] } {
    const [waiting, notes]: [Waiting, Note[]] = [[], []]
    const links = item.body.type === 'Statement' ? (item.body.links ?? []) : []
    for (const { rel: given, to, note } of links) {
      const rel = LINK_RELS.find((one) => one === given)
      const target = this.#ids.get(to)
      if (rel === undefined) {
        const sentence = `There is no link "${given}"; use one of ${LINK_RELS.join(', ')}.`
        notes.push({ code: 'link_rel_unknown', sentence })
      } else if (target === undefined) {
        waiting.push({ rel, to, ...(note === undefined ? {} : { note }) })
        const sentence = `"${rel}" points to "${to}", which is not in this dossier yet; it is made when that item comes.`
        notes.push({ code: 'link_waits', sentence })
      } else if (kindOfId(target) !== 'statement') {
        const sentence = `"${rel}" points to "${to}", which is no statement of this dossier; recorded without it.`
        notes.push({ code: 'link_target_unknown', sentence })
      } else this.#keepLink({ from, rel, to: target, note: note ?? null })
    }
    return { waiting, notes }
  }

  #keep(record: {
    kind: RecordKind
    id: string
    known: KnownItem | undefined
    body: object
  }): CodedItem['outcome'] {
    const body = toJson(record.body)
    if (record.known && canonicalJson(record.known.body) === canonicalJson(body)) return 'unchanged'
    this.#changes.push({
      kind: record.kind,
      revision: record.known?.revision ?? 0,
      state: { id: record.id, level: 'organisation', case: null, body },
    })
    return record.known ? 'changed' : 'added'
  }

  #keepLink(link: Omit<Link, 'dossier'>): void {
    const key = `${link.from} ${link.rel} ${link.to}`
    const known = this.#links.get(key)
    if (known && known.note === link.note) return
    const id = known?.id ?? newId('link')
    this.#links.set(key, { id, revision: (known?.revision ?? 0) + 1, note: link.note })
    this.#changes.push({
      kind: linkKind,
      revision: known?.revision ?? 0,
      state: {
        id,
        level: 'organisation',
        case: null,
        body: { dossier: this.#tools.dossier.id, ...link },
      },
    })
  }

  /** Its id; without one, its source, words, kind and speakers. */
  #identityOf(item: CodingItem): string {
    if (item.id !== undefined) return item.id
    const sources = item.target.map(({ source }) => this.#tools.anchorer.sha256Of(source) ?? source)
    const words = item.target.map(({ selector }) => selector)
    const kind = item.body.type === 'Statement' ? item.body.kind : item.body.type
    const speakers = item.body.type === 'Statement' ? item.body.speakers : []
    return `without-id-${sha256Hex(canonicalJson({ sources, words, kind, speakers })).slice(0, 24)}`
  }
}
