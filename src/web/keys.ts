import { useEffect, useRef } from 'react'

const OFF = 'rapporteur-single-keys'

/** Single letters can be switched off: people who dictate, or whose hands shake, ask for it (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  return window.localStorage.getItem(OFF) !== 'off'
}

export function switchSingleKeys(on: boolean): void {
  if (on) window.localStorage.removeItem(OFF)
  else window.localStorage.setItem(OFF, 'off')
}

/** The letter on the physical key, whatever layout is on: KeyG is g in Russian and Kazakh too. */
export function physicalKey(event: Pick<KeyboardEvent, 'code' | 'key' | 'shiftKey'>): string {
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase()
  if (event.code === 'Slash') return event.shiftKey ? '?' : '/'
  if (event.code === 'BracketLeft') return '['
  if (event.code === 'BracketRight') return ']'
  return event.key
}

/** Whether keys belong to a field now. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

type Act = (key: string, event: KeyboardEvent) => boolean

/** Innermost first: a palette takes a key before its page, a page before the frame around it. */
const listening: { readonly act: () => Act; readonly outer: boolean }[] = []

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const key = physicalKey(event)
  const single = key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
  const typing = isTyping(event.target)
  if (single && (typing || !singleKeysOn())) return
  if (typing && !event.ctrlKey && !event.metaKey && key !== 'Escape' && key !== 'Enter') return
  const inward = [...listening].reverse().sort((a, b) => Number(a.outer) - Number(b.outer))
  if (inward.some(({ act }) => act()(key, event))) event.preventDefault()
}

/**
 * Act on keys while a page is shown. `act` answers true where it did something with the key. Single letters are passed on
 * only outside fields, and not at all where they are switched off. `outer` waits until nothing within wanted the key.
 */
export function useKeys(act: Act, { outer = false } = {}): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const one = { act: () => latest.current, outer }
    if (listening.length === 0) window.addEventListener('keydown', onKey)
    listening.push(one)
    return () => {
      listening.splice(listening.indexOf(one), 1)
      if (listening.length === 0) window.removeEventListener('keydown', onKey)
    }
  }, [outer])
}
