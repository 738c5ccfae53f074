import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { House } from '../house.tsx'
import { useWords } from '../language.tsx'
import { go } from '../router.ts'

const REMEMBERED = 'rapporteur-tour'

/** The guided tour of the sample: one sentence or two above the page it speaks of, and the way on. */
export function TourStrip({ steps }: { steps: House['tour'] }): ReactElement | null {
  const { t, language } = useWords()
  const [at, setAt] = useState<number | null>(() => {
    const remembered = window.localStorage.getItem(REMEMBERED)
    return remembered === 'closed' ? null : Math.min(Number(remembered ?? -1), steps.length - 1)
  })
  const strip = useRef<HTMLElement>(null)
  useHeightOf(strip, at === null)
  const move = (next: number | null) => {
    window.localStorage.setItem(REMEMBERED, next === null ? 'closed' : String(next))
    setAt(next)
    const step = next === null ? undefined : steps[next]
    if (step) go(step.path)
  }
  if (at === null)
    return (
      <aside ref={strip} className="tour tour-closed" aria-label={t('tour.title')}>
        <button type="button" onClick={() => move(0)}>
          {t('tour.again')}
        </button>
      </aside>
    )
  const step = steps[at]
  return (
    <aside ref={strip} className="tour" aria-label={t('tour.title')}>
      {step ? (
        <p>
          <span className="tour-place">
            {at + 1} / {steps.length}
          </span>{' '}
          <strong>{step.title[language]}</strong> {step.text[language]}
        </p>
      ) : (
        <p>
          <strong>{t('tour.welcome')}</strong> {t('tour.what')}
        </p>
      )}
      <span className="tour-ways">
        {at > 0 && (
          <button type="button" onClick={() => move(at - 1)}>
            {t('tour.back')}
          </button>
        )}
        {at < steps.length - 1 && (
          <button type="button" className="primary" onClick={() => move(at + 1)}>
            {at < 0 ? t('tour.begin') : t('tour.next')}
          </button>
        )}
        <button
          type="button"
          className={at === steps.length - 1 ? 'primary' : undefined}
          onClick={() => move(null)}
        >
          {t(at === steps.length - 1 ? 'tour.done' : 'tour.close')}
        </button>
      </span>
    </aside>
  )
}

/** What stays in sight below the strip begins under it, however many lines its sentence takes in this language. */
function useHeightOf(strip: { readonly current: HTMLElement | null }, closed: boolean): void {
  useEffect(() => {
    const element = strip.current
    if (!element) return
    const { style } = document.documentElement
    const watching = new ResizeObserver(() => {
      const height = `${element.offsetHeight}px`
      style.setProperty('--tour-height', height)
      style.setProperty('--tour-stays', closed ? '0px' : height)
    })
    watching.observe(element)
    return () => {
      watching.disconnect()
      style.removeProperty('--tour-height')
      style.removeProperty('--tour-stays')
    }
  }, [strip, closed])
}
