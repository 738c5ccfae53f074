import { Fragment, type ReactElement } from 'react'
import { ConflictSign } from '../../display/small-marks.tsx'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import type { ConflictSide, ConflictView } from '../../statements/view-shapes.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Link } from './link.tsx'

/** What stands against what in short, and who says each; every speaker is a way to the words. */
export function ConflictSides({ conflict }: { conflict: ConflictView }): ReactElement {
  const values = new Map<string, ConflictSide[]>()
  for (const side of conflict.sides) {
    const same = `${side.polarity}\n${side.text}`
    values.set(same, [...(values.get(same) ?? []), side])
  }
  return (
    <ul className="sides-line">
      {[...values].map(([same, sides], n) => (
        <li key={same}>
          {n > 0 && (
            <span className="conflict">
              <ConflictSign size={11} />{' '}
            </span>
          )}
          <Value side={sides[0]} />{' '}
          {sides.map((side, one) => (
            <Fragment key={side.statement}>
              {one > 0 && ' '}
              <SideOf side={side} />
            </Fragment>
          ))}
        </li>
      ))}
    </ul>
  )
}

function Value({ side }: { side: ConflictSide | undefined }): ReactElement | null {
  const { label } = useWords()
  if (!side) return null
  return (
    <>
      {side.polarity !== 'affirmed' && (
        <span className="polarity">{label('polarities', side.polarity)}: </span>
      )}
      {side.quoted ? (
        <q className="as-stated" dir="auto">
          {side.text}
        </q>
      ) : (
        <span className="side-value">{side.text}</span>
      )}
    </>
  )
}

function SideOf({ side }: { side: ConflictSide }): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  return (
    <span className="side-of">
      <SpeakerMark group={side.group} label={label('speaker-groups', side.group)} size={13} />{' '}
      <bdi>{side.speaker === '' ? t('chain.noSpeaker') : side.speaker}</bdi>{' '}
      <Link to={paths.source(slug, side.source, side.statement)} className="words-link">
        <span className="unseen">{t('action.words')} </span>
        {side.item}
      </Link>
    </span>
  )
}
