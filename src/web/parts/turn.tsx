import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'

/**
 * The way through a list that comes a page at a time. `places` are where the pages begin that were turned so far. The buttons
 * stay where they are while a page is on its way, so that whoever turns pages by keyboard goes on turning.
 */
export function Turn({
  places,
  turn,
  next,
}: {
  places: readonly string[]
  turn: (places: readonly string[]) => void
  /** Where the next page begins; null on the last one, undefined while a page is on its way. */
  next: string | null | undefined
}): ReactElement | null {
  const { t } = useWords()
  const turned = places.length > 0
  if (!turned && !next) return null
  const to = (where: readonly string[]) => {
    turn(where)
    window.scrollTo(0, 0)
  }
  return (
    <p className="buttons">
      {turned && (
        <button type="button" onClick={() => to(places.slice(0, -1))}>
          {t('list.back')}
        </button>
      )}
      <button type="button" aria-disabled={!next} onClick={() => next && to([...places, next])}>
        {t('list.next')}
      </button>
    </p>
  )
}
