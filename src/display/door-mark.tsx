import type { ReactElement } from 'react'

const SHAPES: Record<string, string> = {
  desk: 'M3 5h14M3 10h14M3 15h8',
  sources: 'M4 4v12M8 5.500h9M8 10h9M8 14.500h6',
  matters: 'M3 4h6v12H3zM11 4h6v12h-6z',
  search: 'M8.500 3.500a5 5 0 1 0 .01 0M12.300 12.300 17 17',
  people:
    'M7 9a2.500 2.500 0 1 0-.01 0M2.500 16c.5-3 2-4.500 4.500-4.500s4 1.500 4.500 4.500M13 8.500a2 2 0 1 0-.01 0M13.500 11.500c2 0 3.500 1.300 4 4',
  ledger: 'M5 3h10v14H5zM8 7h4M8 10h4',
  audit: 'M3 10s3-5 7-5 7 5 7 5-3 5-7 5-7-5-7-5M10 10h.2',
  protection: 'M10 3l6 2v5c0 3.500-2.500 6-6 7-3.500-1-6-3.500-6-7V5z',
  account: 'M10 9a3 3 0 1 0-.01 0M4 17c.5-4 2.500-6 6-6s5.500 2 6 6',
  more: 'M4 9.900h.2M10 9.900h.2M16 9.900h.2',
}

/** A door's mark in the bottom bar of a narrow screen; the word stands under it. */
export function DoorMark({ door }: { door: string }): ReactElement {
  return (
    <svg
      className="door-mark narrow-only"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={door === 'more' ? 2.6 : 1.6}
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d={SHAPES[door] ?? ''} />
    </svg>
  )
}
