import { useEffect, useState, useSyncExternalStore } from 'react'
import type { z } from 'zod'
import type { Operation, ParameterOf } from '../foundation/operation.ts'
import { onCaseOpened, openedCase } from './open-case.ts'

/** A refusal as the server said it: one sentence, and a code. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, sentence: string) {
    super(sentence)
    this.code = code
  }
}

const KEY = 'rapporteur-key'

/** Take the key out of the printed address, so that it does not stand in the address bar of a screen others see. */
export function takeKeyFromAddress(): void {
  const { hash, search, pathname } = window.location
  const key = /^#key=([\w-]+)$/.exec(hash)?.[1]
  if (!key) return
  window.localStorage.setItem(KEY, key)
  window.history.replaceState(null, '', `${pathname}${search}`)
}

type Given<One extends Operation> = {
  readonly params?: Readonly<Record<ParameterOf<One['path']>, string>>
  readonly query?: z.input<One['query']>
  readonly body?: z.input<One['body']>
}

/**
 * Ask the server for one operation. With `keepalive` it is sent though the page closes; browsers allow it 64 kB. `quiet` is
 * for what changes nothing that a page shows.
 *
 * @throws Refused with the server's own sentence; `server_gone` where nothing answers
 */
export async function call<One extends Operation>(
  operation: One,
  given: Given<One> = {},
  { keepalive = false, quiet = false } = {},
): Promise<z.output<One['answer']>> {
  // What lets people in is not interrupted by the question who they are.
  const sending = operation.open || operation.path.startsWith('/prove') ? sendOnce : send
  const response = await sending(addressOf(operation, given), {
    method: operation.method,
    keepalive,
    ...(operation.method === 'POST'
      ? { body: JSON.stringify(given.body ?? {}), headers: { 'Content-Type': 'application/json' } }
      : {}),
  })
  const answer = await response.json()
  if (operation.method === 'POST' && !quiet && !operation.path.endsWith('/preview')) recordChanged()
  return answer as z.output<One['answer']>
}

/** The bytes of an original, for saving. */
export async function fetchOriginal(
  source: string,
  leaving: Readonly<Record<string, string>>,
): Promise<Blob> {
  const asked = new URLSearchParams(leaving)
  const address = `/api/sources/${encodeURIComponent(source)}/original${asked.size > 0 ? `?${asked}` : ''}`
  return (await send(address, { method: 'GET' })).blob()
}

/** From here on the record is an organisation's: the key of the printed address opens nothing any more. */
export function forgetKey(): void {
  window.localStorage.removeItem(KEY)
}

/** What the page asks of its person in the middle of something: who they are, once more or anew. */
export type WhoAsked = 'prove' | 'signIn'
let asks: ((what: WhoAsked) => Promise<boolean>) | null = null

/** Where questions are put; whoever was asked in time goes on where they were. */
export function answerWhoAsked(ask: typeof asks): void {
  asks = ask
}

const ASKS: Readonly<Record<string, WhoAsked>> = { prove_again: 'prove', signed_out: 'signIn' }

/** Send it; where a proof or a sign-in is missing, ask for that, and send it once more. */
async function send(address: string, options: RequestInit): Promise<Response> {
  try {
    return await sendOnce(address, options)
  } catch (error) {
    const what = error instanceof Refused ? ASKS[error.code] : undefined
    if (!what || !asks || !(await asks(what))) throw error
    return sendOnce(address, options)
  }
}

async function sendOnce(address: string, options: RequestInit): Promise<Response> {
  const key = window.localStorage.getItem(KEY)
  const opened = openedCase()
  const headers = {
    ...options.headers,
    ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
    ...(opened === null ? {} : { 'Rapporteur-Case': opened.id }),
  }
  const response = await fetch(address, { ...options, headers }).catch(() => null)
  if (!response) throw new Refused('server_gone', '')
  if (response.ok) return response
  const { error } = (await response
    .json()
    .catch(() => ({ error: { code: 'server_gone', sentence: '' } }))) as {
    error: { code: string; sentence: string }
  }
  throw new Refused(error.code, error.sentence)
}

function addressOf<One extends Operation>({ path }: One, { params, query }: Given<One>): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent((params as Record<string, string> | undefined)?.[name] ?? ''),
  )
  const given = Object.entries((query ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== '',
  )
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return `/api${filled}${search.size > 0 ? `?${search}` : ''}`
}

/** Counts the changes made from this page; whatever shows the record asks again. */
let changes = 0
const listeners = new Set<() => void>()

export function recordChanged(): void {
  changes += 1
  for (const listener of listeners) listener()
}

onCaseOpened(recordChanged)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useChanges(): number {
  return useSyncExternalStore(subscribe, () => changes)
}

export interface Answered<Value> {
  readonly value: Value | null
  readonly refused: Refused | null
  /** Nothing to show yet. While a new answer is under way the last one stays on screen. */
  readonly waiting: boolean
}

/** Ask, and ask again whenever what is asked or the record changes. Null asks nothing. */
export function useAnswer<One extends Operation>(
  operation: One,
  given: Given<One> | null,
): Answered<z.output<One['answer']>> {
  const version = useChanges()
  const address = given === null ? null : addressOf(operation, given)
  const [state, setState] = useState<Answered<z.output<One['answer']>> & { of: string | null }>({
    value: null,
    refused: null,
    waiting: true,
    of: null,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says all of what is asked; the version says when again
  useEffect(() => {
    if (address === null || given === null) return
    let current = true
    call(operation, given).then(
      (value) => current && setState({ value, refused: null, waiting: false, of: address }),
      (error: unknown) => {
        if (!current) return
        const refused = error instanceof Refused ? error : new Refused('machine_failed', String(error))
        setState({ value: null, refused, waiting: false, of: address })
      },
    )
    return () => {
      current = false
    }
  }, [address, version])
  if (state.of !== address) return { value: null, refused: null, waiting: address !== null }
  return state
}
