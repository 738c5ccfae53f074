import type { ReactElement } from 'react'

/** That fewer than all of us may see something: a small ring that is closed the more, the fewer they are, and the word. */
export function LevelSign({ level, label }: { level: string; label: string }): ReactElement {
  return (
    <span className={`level-mark ${level}`}>
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true" focusable="false">
        <circle
          cx="6"
          cy="6"
          r="4.4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeDasharray={level === 'team' ? '20.6 7' : undefined}
        />
        {level !== 'team' && <circle cx="6" cy="6" r="1.7" fill="currentColor" />}
      </svg>
      {label}
    </span>
  )
}
