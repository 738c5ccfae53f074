import { useSyncExternalStore } from 'react'
import { webPaths } from '../display/paths.ts'

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

/** Addresses of the doors. */
export const paths = webPaths
