import type { ReactElement } from 'react'

/** ≠ as a drawn sign, so that it is the same in every font. */
export function ConflictSign({ size = 12 }: { size?: number }): ReactElement {
  return (
    <svg
      className="conflict-sign"
      width={size}
      height={size}
      viewBox="0 0 12 12"
      stroke="currentColor"
      strokeWidth="1.7"
      fill="none"
      aria-hidden="true"
    >
      <path d="M1.500 4.200h9M1.500 7.800h9M8.400 1 3.600 11" />
    </svg>
  )
}

/** A standard of proof: four stops, solid to what is reached, a ring at what is asked. */
export function StandardLine({
  asked,
  reached,
  labels,
}: {
  asked: number
  reached: number
  labels: readonly string[]
}): ReactElement {
  return (
    <div className="standard">
      <svg width="100%" height="16" viewBox="0 0 240 16" preserveAspectRatio="none" aria-hidden="true">
        <path d="M4 8h232" stroke="currentColor" strokeWidth="1" opacity="0.400" />
        {reached >= 0 && <path d={`M4 8h${stop(reached) - 4}`} stroke="currentColor" strokeWidth="3" />}
        {labels.map((label, n) => (
          <circle
            key={label}
            cx={stop(n)}
            cy="8"
            r={n === asked ? 5 : 3.5}
            fill={n <= reached ? 'currentColor' : 'var(--sheet)'}
            stroke="currentColor"
            strokeWidth={n === asked ? 2 : 1}
          />
        ))}
      </svg>
      <ol>
        {labels.map((label, n) => (
          <li key={label} className={n === asked ? 'asked' : n <= reached ? 'reached' : ''}>
            {label}
          </li>
        ))}
      </ol>
    </div>
  )
}

function stop(n: number): number {
  return 30 + n * 60
}

/** A vague amount: a short bar that fades at both ends, never a numeral. */
export function VagueBar(): ReactElement {
  return <span className="vague-bar" aria-hidden="true" />
}

/** The mark of the house: a rail with three lines, one of them marked. */
export function HouseMark(): ReactElement {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M2.500 2v14" stroke="currentColor" strokeWidth="2" />
      <path d="M6.500 4.500h7" stroke="var(--hl2)" strokeWidth="3" />
      <path d="M6.500 9h9M6.500 13.500h5" stroke="currentColor" strokeWidth="2" />
    </svg>
  )
}
