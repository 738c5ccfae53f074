import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'
import { dateInWords } from './date-in-words.ts'

/** What anybody reads without being told: a day, a month or a year, without marks. */
const PLAIN = /^\d{4}(-\d{2}){0,2}$/

/**
 * A date as it is recorded, and in words: on hover where anybody can read it, beside it where marks stand in it. `short`:
 * where room is small, the words stand for it and the recorded form is on hover.
 */
export function DateText({ of, short = false }: { of: string; short?: boolean }): ReactElement {
  const words = dateInWords(of, useWords())
  if (words === null || PLAIN.test(of))
    return (
      <span className="mono date" title={words ?? undefined}>
        {of}
      </span>
    )
  if (short)
    return (
      <span className="date-words" title={of}>
        {words}
      </span>
    )
  return (
    <>
      <span className="mono date" title={words}>
        {of}
      </span>{' '}
      <span className="aside">{words}</span>
    </>
  )
}
