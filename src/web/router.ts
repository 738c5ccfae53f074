import { useState, useSyncExternalStore } from 'react'
import { webPaths } from '../display/paths.ts'

/** Where we are: the parts of the path, and what was asked after it. */
export interface Place {
  readonly parts: readonly string[]
  readonly query: URLSearchParams
}

/** What the browser keeps with each place: how far down the page was, and how many steps we came to be here. */
interface Kept {
  readonly y: number
  readonly depth: number
  /** One step of the browser's history, whatever its address. */
  readonly step: string
}

/** What a page was turned or narrowed to, by step. In memory alone: the store of a browser holds nothing of the record. */
const left = new Map<string, unknown>()

/** A page that comes from the server grows for a moment; after this long its height is what it is. Milliseconds. */
const GROWS_FOR = 2000

function kept(): Kept {
  const state = window.history.state as Partial<Kept> | null
  return { y: state?.y ?? 0, depth: state?.depth ?? 0, step: state?.step ?? '' }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  return () => window.removeEventListener('popstate', listener)
}

const stepHere = () => kept().step
const currentAddress = () => window.location.pathname + window.location.search

export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, currentAddress)
  const url = new URL(address, window.location.origin)
  return { parts: url.pathname.split('/').filter(Boolean).map(decodeURIComponent), query: url.searchParams }
}

/** Go somewhere without leaving the page; the focus is set by whoever shows the new place. */
export function go(path: string, { replace = false } = {}): void {
  if (path === currentAddress()) return
  const here = kept()
  if (replace) window.history.replaceState(here, '', path)
  else {
    window.history.replaceState({ ...here, y: window.scrollY }, '')
    window.history.pushState({ y: 0, depth: here.depth + 1, step: crypto.randomUUID() }, '', path)
  }
  window.dispatchEvent(new PopStateEvent('popstate'))
  if (!replace) window.scrollTo(0, 0)
}

/** A state of a page that whoever comes back to it finds as it was left. */
export function useLeft<Value>(name: string, first: Value): [Value, (next: Value) => void] {
  const step = useSyncExternalStore(subscribe, stepHere)
  const [, drawAgain] = useState(0)
  const key = `${step}\n${name}`
  return [
    left.has(key) ? (left.get(key) as Value) : first,
    (next) => {
      left.set(key, next)
      drawAgain((n) => n + 1)
    },
  ]
}

/** The way back, where there is one within the record. */
export function goBack(): boolean {
  if (kept().depth === 0) return false
  window.history.back()
  return true
}

/** Whoever comes back finds the page where it was left. */
export function keepPlaces(): void {
  window.history.scrollRestoration = 'manual'
  let wanted: { y: number; until: number } | null = null
  const settle = () => {
    if (!wanted) return
    window.scrollTo(0, wanted.y)
    if (Math.abs(window.scrollY - wanted.y) < 2 || Date.now() > wanted.until) wanted = null
    else window.requestAnimationFrame(settle)
  }
  window.addEventListener('popstate', (event) => {
    // Those that `go` sends are not the browser's own.
    if (!event.isTrusted) return
    wanted = { y: kept().y, until: Date.now() + GROWS_FOR }
    window.requestAnimationFrame(settle)
  })
  const letGo = () => {
    wanted = null
  }
  for (const hand of ['wheel', 'keydown', 'pointerdown'])
    window.addEventListener(hand, letGo, { passive: true })
}

/** Addresses of the doors. */
export const paths = webPaths
