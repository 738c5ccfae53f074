import { useSyncExternalStore } from 'react'

/** The case that this window has opened; another window may have another open, or none. */
export interface OpenedCase {
  readonly id: string
  readonly code: string
}

const KEPT = 'rapporteur-case'
const listeners = new Set<() => void>()
let known: OpenedCase | null | undefined

/** Kept for this window alone, and gone with it. */
export function openedCase(): OpenedCase | null {
  if (known === undefined) {
    const [id = '', code = ''] = (window.sessionStorage.getItem(KEPT) ?? '').split(' ')
    known = id === '' ? null : { id, code }
  }
  return known
}

/** Open a case in this window, or close it with null; whatever shows the record asks again. */
export function openInWindow(wanted: OpenedCase | null): void {
  known = wanted
  if (wanted === null) window.sessionStorage.removeItem(KEPT)
  else window.sessionStorage.setItem(KEPT, `${wanted.id} ${wanted.code}`)
  for (const listener of listeners) listener()
}

export function onCaseOpened(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useOpenedCase(): OpenedCase | null {
  return useSyncExternalStore(onCaseOpened, openedCase)
}
