import type { CSSProperties, ReactElement, ReactNode } from 'react'
import { go } from '../router.ts'

/** A link within the record: a real one, so that it can be opened in a tab, copied and read aloud. */
export function Link({
  to,
  className,
  current,
  title,
  style,
  children,
}: {
  to: string
  className?: string
  current?: boolean
  title?: string
  style?: CSSProperties
  children: ReactNode
}): ReactElement {
  return (
    <a
      href={to}
      className={className}
      title={title}
      style={style}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        go(to)
      }}
    >
      {children}
    </a>
  )
}
