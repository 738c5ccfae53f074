import { useSyncExternalStore } from 'react'

/** Where we are: the parts of the path, and what was asked after it. */
export interface Place {
  readonly parts: readonly string[]
  readonly query: URLSearchParams
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  return () => window.removeEventListener('popstate', listener)
}

const currentAddress = () => window.location.pathname + window.location.search

export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, currentAddress)
  const url = new URL(address, window.location.origin)
  return { parts: url.pathname.split('/').filter(Boolean).map(decodeURIComponent), query: url.searchParams }
}

/** Go somewhere without leaving the page; the focus is set by whoever shows the new place. */
export function go(path: string, { replace = false } = {}): void {
  if (path === currentAddress()) return
  if (replace) window.history.replaceState(null, '', path)
  else window.history.pushState(null, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
  if (!replace) window.scrollTo(0, 0)
}

export const paths = {
  desk: (slug: string) => `/${slug}/desk`,
  sources: (slug: string) => `/${slug}/sources`,
  source: (slug: string, id: string, statement?: string) =>
    `/${slug}/source/${id}${statement === undefined ? '' : `?at=${statement}`}`,
  words: (slug: string, id: string, start: number) => `/${slug}/source/${id}?start=${start}`,
  matters: (slug: string) => `/${slug}/matters`,
  matter: (slug: string, id: string, aspect?: string) =>
    `/${slug}/matter/${id}${aspect === undefined ? '' : `?aspect=${encodeURIComponent(aspect)}`}`,
  timeline: (slug: string) => `/${slug}/timeline`,
  search: (slug: string, typed = '') =>
    `/${slug}/search${typed === '' ? '' : `?q=${encodeURIComponent(typed)}`}`,
  history: (slug: string) => `/${slug}/history`,
  record: (slug: string, id: string) => `/${slug}/record/${id}`,
  ledger: (slug: string) => `/${slug}/ledger`,
  notes: (slug: string, draft?: string) => `/${slug}/notes${draft === undefined ? '' : `?draft=${draft}`}`,
  add: (slug: string) => `/${slug}/add`,
  settings: (slug: string) => `/${slug}/settings`,
}
