import { useEffect } from 'react'

/** What is wrong with one field; a new one every time it is found, so that the focus comes back every time. */
export interface Trouble {
  readonly sentence: string
}

/** A field in trouble takes the focus; where its sentence stands is told to whoever has the page read out. */
export function useTrouble(
  trouble: Trouble | null,
  id: string,
): { 'aria-invalid'?: true; 'aria-describedby'?: string } {
  useEffect(() => {
    if (trouble) document.getElementById(id)?.focus()
  }, [trouble, id])
  return trouble ? { 'aria-invalid': true, 'aria-describedby': troubleId(id) } : {}
}

export function troubleId(id: string): string {
  return `${id}-trouble`
}
