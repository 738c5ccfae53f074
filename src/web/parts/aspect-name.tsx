import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'

/** An aspect in the language of the interface; the name it is coded by is shown on hover. */
export function AspectName({ of }: { of: string }): ReactElement | string {
  const { aspect, language } = useWords()
  const called = aspect(of)
  return called === of ? (
    of
  ) : (
    <span lang={language} title={of}>
      {called}
    </span>
  )
}
