import { z } from 'zod'
import { isObject } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { VALUE_TYPES } from '../matters/aspect.ts'
import { Mention, Remark, SourceFact } from './remark.ts'
import { STATEMENT_KINDS, statementMembers } from './statement.ts'

/** The interchange of coded statements: a W3C AnnotationCollection whose head declares matters and aspects. */
export const CODING_FORMAT = 'rapporteur-coding/1'
export const CODING_CONTEXT = ['http://www.w3.org/ns/anno.jsonld', { '@vocab': 'urn:rapporteur:coding:1#' }]

export const CodingMatter = z.object({
  key: z.string().min(1),
  kind: z.string().min(1),
  name: z.string().min(1),
  aliases: z.array(z.string()).default([]),
  note: z.string().optional(),
  named: z.boolean().optional(),
})
export type CodingMatter = z.infer<typeof CodingMatter>

export const CodingAspect = z.object({
  valueType: z.enum(VALUE_TYPES),
  holds: z.enum(['one', 'many', 'one at a time']).default('many'),
  definition: z.string().default(''),
  conflict: z.string().nullish(),
  terms: z.array(z.string()).default([]),
})
export type CodingAspect = z.infer<typeof CodingAspect>

const quoteSelector = z.object({
  type: z.literal('TextQuoteSelector'),
  exact: z.string().min(1),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
})
const positionSelector = z.object({
  type: z.literal('TextPositionSelector'),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
})
const selector = z.discriminatedUnion('type', [quoteSelector, positionSelector])
export const CodingTarget = z.object({
  source: z.string().min(1),
  selector: z.union([z.array(selector).min(1), selector.transform((one) => [one])]),
})
export type CodingTarget = z.infer<typeof CodingTarget>

/** A name that targets use, and the bytes it means: by these it is found again where the source has another name. */
export const CodingSource = z.object({
  source: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type CodingSource = z.infer<typeof CodingSource>

const codingLink = z.object({
  rel: z.string().min(1),
  to: z.string().min(1),
  note: z.string().optional(),
})
const StatementBody = z.strictObject({
  type: z.literal('Statement'),
  ...statementMembers,
  links: z.array(codingLink).optional(),
})
export const CodingBody = z.discriminatedUnion('type', [StatementBody, Remark, Mention, SourceFact])
export type CodingBody = z.infer<typeof CodingBody>

export const CodingItem = z.object({
  id: z.string().min(1).optional(),
  type: z.literal('Annotation').default('Annotation'),
  motivation: z.string().optional(),
  target: z.union([z.array(CodingTarget).min(1), CodingTarget.transform((one) => [one])]),
  body: CodingBody,
  inventory: z.array(z.string()).optional(),
  sentence: z.string().optional(),
})
export type CodingItem = z.infer<typeof CodingItem>

const head = z.object({
  type: z.literal('AnnotationCollection').optional(),
  format: z.string().optional(),
  label: z.string().optional(),
  sources: z.array(CodingSource).default([]),
  matters: z.array(CodingMatter).default([]),
  aspects: z.record(z.string(), z.record(z.string(), CodingAspect)).default({}),
  items: z.array(z.unknown()),
})
export type CodingHead = z.infer<typeof head> & {
  /** What the head carries beyond the format, by name: read past, and said. */
  readonly notKept: readonly string[]
}
/** Members that every AnnotationCollection may have around its annotations (W3C Web Annotation Data Model §5.1). */
const COLLECTION = { ...head.shape, '@context': null, id: null, total: null }

const DOCUMENTED = 'docs/coding.schema.json describes the format, and README.md has an example'

/**
 * The head of a coding file; its items are still unread, so that one bad item spoils nothing but itself.
 *
 * @throws Refusal `coding_unreadable`, `coding_format_unknown`
 */
export function readCodingFile(text: string): CodingHead {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new Refusal(
      'coding_unreadable',
      `This is no coding file: it is not JSON; ${DOCUMENTED}.`,
      {},
      { cause },
    )
  }
  const result = head.safeParse(parsed)
  if (!result.success) throw noCodingFile(parsed, result.error)
  const { format } = result.data
  if (format !== undefined && format !== CODING_FORMAT) {
    throw new Refusal(
      'coding_format_unknown',
      `This file is in format "${format}"; this program reads "${CODING_FORMAT}".`,
    )
  }
  return { ...result.data, notKept: headStrangers(parsed) }
}

function headStrangers(parsed: unknown): string[] {
  const aspects = isObject(parsed) && isObject(parsed.aspects) ? Object.values(parsed.aspects) : []
  const found = [
    ...strangers(parsed, { known: COLLECTION, where: '' }),
    ...listed(parsed, 'sources').flatMap((one) =>
      strangers(one, { known: CodingSource.shape, where: 'sources.' }),
    ),
    ...listed(parsed, 'matters').flatMap((one) =>
      strangers(one, { known: CodingMatter.shape, where: 'matters.' }),
    ),
    ...aspects
      .flatMap((ofKind) => (isObject(ofKind) ? Object.values(ofKind) : []))
      .flatMap((one) => strangers(one, { known: CodingAspect.shape, where: 'aspects.' })),
  ]
  return [...new Set(found)]
}

/** What is said of members of the head that the format does not have. */
export function headNotKept({ notKept }: Pick<CodingHead, 'notKept'>): { code: string; sentence: string }[] {
  if (notKept.length === 0) return []
  const sentence = `This format has no ${notKept.join(', ')} at the head of a file; it was read without it.`
  return [{ code: 'members_not_kept', sentence }]
}

function noCodingFile(parsed: unknown, { issues: [issue] }: z.ZodError): Refusal {
  const where = issue?.path.join('.') ?? ''
  const sentence =
    isObject(parsed) && Array.isArray(parsed.items) && where !== 'type'
      ? `The head of this coding file has something else at "${where}" than the format has there; ${DOCUMENTED}.`
      : `This is JSON, but no coding file: that is an AnnotationCollection with a list called "items"; ${DOCUMENTED}.`
  return new Refusal('coding_unreadable', sentence)
}

/** Made once: to make a schema costs as much as to read several items with it. */
const kindsAlone = z.object({ body: z.object({ type: z.unknown(), kind: z.unknown() }).partial() })

/**
 * One item of a coding file.
 *
 * @throws Refusal `item_kind_unknown` for a body type or statement kind that the format does not have,
 *   `item_unreadable` for anything else that does not fit the format.
 */
export function readCodingItem(item: unknown): CodingItem {
  const body = kindsAlone.safeParse(item)
  if (body.success) refuseUnknownKind(body.data.body.type, body.data.body.kind)
  const result = CodingItem.safeParse(item)
  if (!result.success) {
    throw new Refusal('item_unreadable', `This item does not fit the format: ${firstProblem(result.error)}`)
  }
  return result.data
}

/**
 * W3C annotations may carry members of other tools (a creator, a date) around what is coded. They do no harm and are not
 * kept, which must be said.
 */
export function membersNotKept(item: unknown): { code: string; sentence: string }[] {
  const unknown = [
    ...strangers(item, { known: CodingItem.shape, where: '' }),
    ...listed(item, 'target').flatMap((target) => [
      ...strangers(target, { known: CodingTarget.shape, where: 'target.' }),
      ...listed(target, 'selector').flatMap((one) =>
        strangers(one, { known: selectorMembers(one), where: 'target.selector.' }),
      ),
    ]),
  ]
  if (unknown.length === 0) return []
  const names = [...new Set(unknown)].join(', ')
  return [
    { code: 'members_not_kept', sentence: `This format has no ${names}; the item was recorded without it.` },
  ]
}

function strangers(value: unknown, { known, where }: { known: object; where: string }): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value)
    .filter((name) => !(name in known))
    .map((name) => `"${where}${name}"`)
}

function listed(value: unknown, member: string): unknown[] {
  const found = isObject(value) ? value[member] : undefined
  return Array.isArray(found) ? found : [found]
}

function selectorMembers(one: unknown): object {
  return positionSelector.safeParse(one).success ? positionSelector.shape : quoteSelector.shape
}

function refuseUnknownKind(type: unknown, kind: unknown): void {
  const types = ['Statement', 'Remark', 'Mention', 'SourceFact']
  if (typeof type === 'string' && !types.includes(type)) {
    throw new Refusal('item_kind_unknown', `There is no body type "${type}"; use one of ${types.join(', ')}.`)
  }
  const known: readonly string[] = STATEMENT_KINDS
  if (type === 'Statement' && typeof kind === 'string' && !known.includes(kind)) {
    throw new Refusal(
      'item_kind_unknown',
      `There is no statement kind "${kind}"; use one of ${known.join(', ')}.`,
    )
  }
}

function firstProblem(error: z.ZodError): string {
  const issue = deepest(error.issues[0])
  if (!issue) return 'it has another shape.'
  const where = issue.path.length > 0 ? `at ${issue.path.join('.')}: ` : ''
  return `${where}${issue.message}.`
}

/** Inside a union, the branch that the value comes nearest to says best what is wrong. */
function deepest(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue
  const [branch] = [...issue.errors].sort(
    (a, b) => misfit(a) - misfit(b) || a.length - b.length || depth(b) - depth(a),
  )
  const inner = branch?.toSorted((a, b) => b.path.length - a.path.length)[0]
  if (!inner) return issue
  const found = deepest(inner) ?? inner
  return { ...found, path: [...issue.path, ...found.path] }
}

/** 2 for another type altogether, 1 for members that this branch does not have, 0 where only what is inside is wrong. */
function misfit(branch: readonly z.core.$ZodIssue[]): number {
  const whole = branch.filter(({ path }) => path.length === 0)
  if (whole.some(({ code }) => code !== 'unrecognized_keys' && code !== 'invalid_union')) return 2
  return whole.some(({ code }) => code === 'unrecognized_keys') ? 1 : 0
}

function depth(branch: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...branch.map(({ path }) => path.length))
}
