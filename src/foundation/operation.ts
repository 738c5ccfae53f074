import { z } from 'zod'

/** One thing the HTTP API can do. Routes, the web's calls and the OpenAPI page are made from it, so they cannot part. */
export interface Operation<
  Path extends string = string,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST'
  /** Under /api; parameters as `:name`. */
  readonly path: Path
  readonly summary: string
  readonly query: Query
  readonly body: Body
  readonly answer: Answer
  /** Codes of the refusals this operation gives beside those that every one gives. */
  readonly refusals: readonly string[]
  /** Answered to whoever comes to the door, before anybody knows who they are. */
  readonly open?: true
}

/** What any operation may be refused for: by the gate, for its shape, or because the machine cannot. */
export const EVERY_REFUSAL = [
  'host_unknown',
  'origin_unknown',
  'key_missing',
  'signed_out',
  'not_allowed',
  'request_unreadable',
  'text_unstorable',
  'database_gone',
  'machine_failed',
] as const
/** What any writing operation may be refused for beside that. */
export const EVERY_WRITE_REFUSAL = [
  'not_json',
  'too_large',
  'changed_meanwhile',
  'one_case',
  'outside_case',
  'less_guarded',
  'two_compartments',
] as const

const nothing = z.strictObject({})

/** An operation that reads. */
export function reading<
  const Path extends string,
  Answer extends z.ZodType,
  Query extends z.ZodType = typeof nothing,
>(wanted: {
  path: Path
  summary: string
  query?: Query
  answer: Answer
  refusals?: readonly string[]
}): Operation<Path, Query, typeof nothing, Answer> {
  return { method: 'GET', query: nothing as unknown as Query, body: nothing, refusals: [], ...wanted }
}

/** An operation that changes the record. */
export function writing<const Path extends string, Body extends z.ZodType, Answer extends z.ZodType>(wanted: {
  path: Path
  summary: string
  body: Body
  answer: Answer
  refusals?: readonly string[]
}): Operation<Path, typeof nothing, Body, Answer> {
  return { method: 'POST', query: nothing, refusals: [], ...wanted }
}

/** An operation by which people come in: it is asked by nobody yet. */
export function opening<const Path extends string, Body extends z.ZodType, Answer extends z.ZodType>(
  wanted: Parameters<typeof writing<Path, Body, Answer>>[0],
): Operation<Path, typeof nothing, Body, Answer> {
  return { ...writing(wanted), open: true }
}

/** The names of a path's parameters: 'slug' of '/dossiers/:slug/desk'. */
export type ParameterOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

/** What a writing operation answers where there is nothing more to say. */
export const ReceiptView = z.object({
  entry: z.string(),
  leaf: z.string(),
  at: z.string(),
  /** The ledger's signed promise that the entry will have its place; every answer carries it. */
  promise: z.string().optional(),
})

/** What a refused request answers. */
export const RefusedView = z.object({ error: z.object({ code: z.string(), sentence: z.string() }) })

/** Of the records in an answer those that not all of us may see: level by id. */
export const Guards = z.record(z.string(), z.string())

/** A whole number in a query. */
export const wholeNumber = (fallback: number, most: number) =>
  z.coerce.number().int().min(0).max(most).default(fallback)

/** The revision that was on screen when a change was made: whoever changed the record since is not overwritten. */
export const revision = z.number().int().positive().optional()
