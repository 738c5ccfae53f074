import { sha256Hex } from '../foundation/hashing.ts'
import { kindOfId, newId } from '../foundation/ids.ts'
import { canonicalJson, toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Changed, RecordKind } from '../ledger/record-kind.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import type { Tx } from '../storage/database.ts'
import type { Anchorer } from './anchor-items.ts'
import type { CodedItem } from './coded-item.ts'
import type { CodingItem } from './coding-format.ts'
import { EmendationGroups } from './emendation-groups.ts'
import { LINK_RELS } from './link.ts'
import type { AspectResolver } from './resolve-aspects.ts'
import { resolveRemark, resolveStatement } from './resolve-item.ts'
import type { MatterResolver } from './resolve-matters.ts'
import { linkKind, remarkKind, statementKind } from './statement-kinds.ts'
import { itemsInRecord, type KnownItem, linksFrom } from './statement-store.ts'

interface Tools {
  readonly dossier: KnownDossier
  readonly matters: MatterResolver
  readonly aspects: AspectResolver
  readonly anchorer: Anchorer
}

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
    const links = items.flatMap((item) => (item.body.type === 'Statement' ? (item.body.links ?? []) : []))
    const others = items.flatMap(({ body }) =>
      'duplicateOf' in body && body.duplicateOf !== undefined ? [body.duplicateOf] : [],
    )
    const wanted = new Set([...this.#names.values(), ...links.map(({ to }) => to), ...others])
    this.#known = await itemsInRecord(tx, this.#tools.dossier.id, [...wanted])
    for (const [name, known] of this.#known) this.#ids.set(name, known.id)
    this.#links = await linksFrom(
      tx,
      [...this.#known.values()].map(({ id }) => id),
    )
  }

  /** @throws Refusal of Anchorer.anchor, resolveStatement and resolveRemark */
  record(item: CodingItem): CodedItem {
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
    return { item: name, outcome: this.#keep({ kind, id, known, body }), warnings: anchored.warnings }
  }

  /** Record an item's links; what is returned are those that could not be made (`link_rel_unknown`, `link_target_unknown`). */
  link(item: CodingItem): { code: string; sentence: string }[] {
    const from = this.#ids.get(this.#names.get(item) ?? '')
    if (item.body.type !== 'Statement' || from === undefined) return []
    const rels: readonly string[] = LINK_RELS
    const refused: { code: string; sentence: string }[] = []
    for (const { rel, to, note } of item.body.links ?? []) {
      const target = this.#ids.get(to)
      if (!rels.includes(rel)) {
        const sentence = `There is no link "${rel}"; use one of ${rels.join(', ')}.`
        refused.push({ code: 'link_rel_unknown', sentence })
      } else if (target === undefined || kindOfId(target) !== 'statement') {
        const sentence = `"${rel}" points to "${to}", which is no statement of this dossier; recorded without it.`
        refused.push({ code: 'link_target_unknown', sentence })
      } else this.#keepLink({ from, rel, to: target, note: note ?? null })
    }
    return refused
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
      state: { id: record.id, level: this.#tools.dossier.level, case: null, body },
    })
    return record.known ? 'changed' : 'added'
  }

  #keepLink(link: { from: string; rel: string; to: string; note: string | null }): void {
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
        level: this.#tools.dossier.level,
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
