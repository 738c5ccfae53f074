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
}

const nothing = z.object({})

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
}): Operation<Path, Query, typeof nothing, Answer> {
  return { method: 'GET', query: nothing as unknown as Query, body: nothing, ...wanted }
}

/** An operation that changes the record. */
export function writing<const Path extends string, Body extends z.ZodType, Answer extends z.ZodType>(wanted: {
  path: Path
  summary: string
  body: Body
  answer: Answer
}): Operation<Path, typeof nothing, Body, Answer> {
  return { method: 'POST', query: nothing, ...wanted }
}

/** The names of a path's parameters: 'slug' of '/dossiers/:slug/desk'. */
export type ParameterOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

/** What a writing operation answers where there is nothing more to say. */
export const ReceiptView = z.object({ entry: z.string(), leaf: z.string(), at: z.string() })

/** What a refused request answers. */
export const RefusedView = z.object({ error: z.object({ code: z.string(), sentence: z.string() }) })

/** A whole number in a query. */
export const wholeNumber = (fallback: number, most: number) =>
  z.coerce.number().int().min(0).max(most).default(fallback)
