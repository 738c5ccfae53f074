import { memo, type ReactElement, useState } from 'react'
import { useWords } from '../language.tsx'
import type { Paragraph, Span } from './reading.ts'

/** Paragraphs drawn at first; a long report is unrolled as it is read. */
const AT_FIRST = 300

/** The source as it reads: coded words marked, the words at hand marked stronger. */
export function ReadingColumn({
  paragraphs,
  text,
  lang,
  atHand,
  onPassage,
  onSelect,
  onPlace,
}: {
  paragraphs: readonly Paragraph[]
  text: string
  lang: string | null
  atHand: ReadonlySet<string>
  onPassage: (passage: string) => void
  onSelect: (span: Span) => void
  /** Words that are not coded yet were pressed. */
  onPlace: (place: number) => void
}): ReactElement {
  const { t } = useWords()
  const [shown, setShown] = useState(AT_FIRST)
  const needed = paragraphs.findLastIndex(({ pieces }) =>
    pieces.some((piece) => piece.selected || piece.passages.some((one) => atHand.has(one))),
  )
  const visible = paragraphs.slice(0, Math.max(shown, needed + 20))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: selecting words with the mouse; the keyboard has its own way
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      className="reading-text"
      lang={lang ?? undefined}
      dir="auto"
      onMouseUp={() => {
        const span = selectedSpan()
        if (span) onSelect(span)
      }}
      onClick={({ target }) => {
        const piece = target instanceof Element ? target.closest<HTMLElement>('[data-start]') : null
        if (!piece || piece.dataset.passages !== undefined || selectedSpan()) return
        onPlace(Number(piece.dataset.start))
      }}
    >
      {visible.map((paragraph) => (
        <ParagraphText
          key={paragraph.start}
          paragraph={paragraph}
          text={text}
          hand={paragraph.pieces
            .flatMap(({ passages }) => passages.filter((one) => atHand.has(one)))
            .join(' ')}
          onPassage={onPassage}
        />
      ))}
      {visible.length < paragraphs.length && (
        <button type="button" onClick={() => setShown(visible.length + AT_FIRST)}>
          {t('reading.more', { n: paragraphs.length - visible.length })}
        </button>
      )}
    </div>
  )
}

const ParagraphText = memo(
  function ParagraphText({
    paragraph,
    text,
    hand,
    onPassage,
  }: {
    paragraph: Paragraph
    text: string
    hand: string
    onPassage: (passage: string) => void
  }): ReactElement {
    const atHand = new Set(hand.split(' '))
    return (
      <p>
        {paragraph.pieces.map(({ span: [start, end], passages, selected, mark, sentence }) => {
          const classes = [
            passages.length > 0 ? 'coded' : '',
            passages.some((one) => atHand.has(one)) ? 'at-hand' : '',
            selected ? 'selected' : '',
            mark === null ? '' : `mark-${mark}`,
          ].filter(Boolean)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: [ and ] go through the passages
            // biome-ignore lint/a11y/noStaticElementInteractions: as above
            <span
              key={start}
              data-start={start}
              data-passages={passages.length > 0 ? passages.join(' ') : undefined}
              data-sentence={sentence ?? undefined}
              className={classes.length > 0 ? classes.join(' ') : undefined}
              onClick={passages.length > 0 ? () => onPassage(passages.at(-1) ?? '') : undefined}
            >
              {text.slice(start, end)}
            </span>
          )
        })}
      </p>
    )
  },
  (before, after) =>
    before.hand === after.hand && before.text === after.text && samePieces(before.paragraph, after.paragraph),
)

function samePieces(a: Paragraph, b: Paragraph): boolean {
  return (
    a.pieces.length === b.pieces.length &&
    a.pieces.every((one, n) => {
      const other = b.pieces[n]
      return (
        other !== undefined &&
        one.span[0] === other.span[0] &&
        one.span[1] === other.span[1] &&
        one.selected === other.selected &&
        one.passages.join(' ') === other.passages.join(' ')
      )
    })
  )
}

/** What the mouse selected, in units of the reading; null where nothing is. */
function selectedSpan(): Span | null {
  const selection = window.getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const start = placeOf(range.startContainer, range.startOffset)
  const end = placeOf(range.endContainer, range.endOffset)
  return start !== null && end !== null && start < end ? [start, end] : null
}

function placeOf(node: Node, offset: number): number | null {
  const element = node instanceof HTMLElement ? node : node.parentElement
  const holder = element?.closest<HTMLElement>('[data-start]')
  return holder ? Number(holder.dataset.start) + offset : null
}
