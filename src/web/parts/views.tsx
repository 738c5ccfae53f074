import type { ReactElement, ReactNode } from 'react'
import { useWords } from '../language.tsx'

/** The ways in which a page can be looked at; the one at hand is underlined. What narrows it stands at the end. */
export function Views<Key extends string>({
  views,
  shown,
  onShow,
  children,
}: {
  views: readonly { readonly key: Key; readonly name: string }[]
  shown: Key
  onShow: (key: Key) => void
  children?: ReactNode
}): ReactElement {
  const { t } = useWords()
  return (
    <fieldset className="views" aria-label={t('matter.views')}>
      {views.map(({ key, name }) => (
        <button key={key} type="button" aria-pressed={key === shown} onClick={() => onShow(key)}>
          {name}
        </button>
      ))}
      <span className="views-end">{children}</span>
    </fieldset>
  )
}
