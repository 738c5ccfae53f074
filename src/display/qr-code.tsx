import type { ReactElement } from 'react'
import { encode } from 'uqr'

/** Clear modules on each side that readers want (ISO/IEC 18004, section 6.3.8). */
const QUIET = 4
/** Beyond this many characters the modules become too fine for a phone's camera, and nothing is drawn. */
const LONGEST = 1500

/** A text as a QR code: one path of squares, in dark on light whatever the theme; null where it is too long to be read. */
export function QrCode({ text, label }: { text: string; label: string }): ReactElement | null {
  if (text.length > LONGEST) return null
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={squares.join('')} />
    </svg>
  )
}
