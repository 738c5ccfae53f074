import type { ReactElement } from 'react'

/** Groups that have a shape of their own; a new group needs a new shape first. */
const SHAPES: Record<string, ReactElement> = {
  state: <rect x="2.5" y="2.5" width="13" height="13" fill="currentColor" stroke="none" />,
  nhri: (
    <>
      <rect x="2.9" y="2.9" width="12.2" height="12.2" />
      <rect x="2.9" y="2.9" width="6.1" height="12.2" fill="currentColor" stroke="none" />
    </>
  ),
  'other-state': (
    <>
      <rect x="2.5" y="2.5" width="8.6" height="8.6" />
      <path d="M7 13.8v1.7h8.5V7h-1.7" />
    </>
  ),
  un: (
    <>
      <circle cx="9" cy="9" r="6.6" />
      <ellipse cx="9" cy="9" rx="2.8" ry="6.6" />
      <path d="M2.4 9h13.2" />
    </>
  ),
  'civil-society': (
    <>
      <path d="M9 5.4 4.6 12.6h8.8z" />
      <circle cx="9" cy="4.6" r="2.1" fill="currentColor" stroke="none" />
      <circle cx="4.3" cy="13" r="2.1" fill="currentColor" stroke="none" />
      <circle cx="13.7" cy="13" r="2.1" fill="currentColor" stroke="none" />
    </>
  ),
  press: (
    <>
      <rect x="3.6" y="2.4" width="10.8" height="13.2" />
      <path d="M6 6h6M6 9h6M6 12h6" strokeWidth="1.3" />
    </>
  ),
  witness: (
    <>
      <circle cx="9" cy="5.6" r="3.1" fill="currentColor" stroke="none" />
      <path d="M2.8 16c.3-4 2.7-6 6.2-6s5.900 2 6.200 6z" fill="currentColor" stroke="none" />
    </>
  ),
  ours: (
    <>
      <circle cx="9" cy="9" r="6.6" />
      <circle cx="9" cy="9" r="3" fill="currentColor" stroke="none" />
    </>
  ),
  igo: (
    <>
      <circle cx="6.4" cy="9" r="4.2" />
      <circle cx="11.6" cy="9" r="4.2" />
    </>
  ),
}

const NOBODY = (
  <>
    <circle cx="9" cy="9" r="7" strokeDasharray="2.6 2" />
    <path d="M6.900 7.200c.2-1.300 1-2 2.200-2s2.100.7 2.100 1.800c0 1.500-2.100 1.600-2.100 3.100M9.100 12.600v.4" />
  </>
)

/**
 * Who speaks, by form first: each group has a shape that is told apart in a black-and-white print. An empty label is for
 * a mark whose words stand beside it.
 */
export function SpeakerMark({
  group,
  label,
  size = 18,
}: {
  group: string
  label: string
  size?: number
}): ReactElement {
  const shape = SHAPES[group]
  const drawing = {
    className: `mark mark-${shape ? group : 'unknown'}`,
    width: size,
    height: size,
    viewBox: '0 0 18 18',
    fill: 'none',
    stroke: 'currentColor',
    strokeWidth: '1.7',
  }
  if (label === '') {
    return (
      <svg {...drawing} aria-hidden="true">
        {shape ?? NOBODY}
      </svg>
    )
  }
  return (
    <svg {...drawing} role="img" aria-label={label}>
      <title>{label}</title>
      {shape ?? NOBODY}
    </svg>
  )
}
