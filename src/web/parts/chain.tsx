import type { ReactElement, ReactNode } from 'react'
import { SpeakerMark } from '../../display/speaker-mark.tsx'
import type { MouthView, StatementView } from '../../statements/view-shapes.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { SpeakerThen } from './beside.tsx'
import { Link } from './link.tsx'

type Said = Pick<StatementView, 'chain' | 'missing' | 'group'>

/** Who says it, in a line: the one whose statement it is first, then `via` each mouth outward. */
export function ChainLine({ said, short = false }: { said: Said; short?: boolean }): ReactElement {
  const { t, label } = useWords()
  const inward = [...said.chain].reverse()
  const [innermost, ...outward] = inward
  if (!innermost || innermost.voice === 'unknown' || said.missing) {
    return (
      <span className="chain no-speaker">
        <SpeakerMark group="unknown" label={label('speaker-groups', 'unknown')} size={14} />{' '}
        {said.chain.length === 0 ? t('chain.notCoded') : t('chain.noSpeaker')}
        {!short && <Via mouths={said.missing ? inward : outward} />}
      </span>
    )
  }
  return (
    <span className="chain">
      <Mouth mouth={innermost} first />
      {!short && <Via mouths={outward} />}
    </span>
  )
}

function Via({ mouths }: { mouths: readonly MouthView[] }): ReactNode {
  const { t } = useWords()
  return mouths.map((mouth, n) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a chain never changes its order
    <span key={n} className="via">
      {' '}
      {t('chain.via')} <Mouth mouth={mouth} />
    </span>
  ))
}

function Mouth({ mouth, first = false }: { mouth: MouthView; first?: boolean }): ReactElement {
  const { t, label } = useWords()
  const [one] = mouth.speakers
  if (!one) return <span>{t('chain.noSpeaker')}</span>
  const doubts = mouth.polarity !== null && mouth.polarity !== 'affirmed'
  return (
    <span className={first ? 'mouth first' : 'mouth'}>
      {mouth.speakers.map((speaker, n) => (
        <span key={speaker.name}>
          {n > 0 && ', '}
          <SpeakerMark
            group={speaker.group}
            label={label('speaker-groups', speaker.group)}
            size={first ? 14 : 12}
          />{' '}
          <bdi>{speaker.name}</bdi>
          {speaker.for !== null && ` ${t('chain.for', { name: speaker.for })}`}
          {!speaker.named && <span className="aside"> {t('chain.unnamed')}</span>}
          {speaker.inferred && <span className="aside"> {t('chain.inferred')}</span>}
        </span>
      ))}
      {doubts && <span className="aside"> {label('polarities', mouth.polarity ?? '')}</span>}
    </span>
  )
}

/** The chain as rails: one for each mouth, from the outlet inward; what was said sits at the innermost. */
export function ChainRails({ said, children }: { said: Said; children: ReactNode }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const rails = said.chain.reduceRight<ReactNode>(
    (inner, mouth, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a mouth has no identity but its place in the chain
      <div key={place} className={`rail rail-${mouth.speakers[0]?.group ?? 'unknown'}`}>
        <p>
          <Mouth mouth={mouth} />
          {mouth.speakers[0]?.as != null && <span className="aside">, {mouth.speakers[0].as}</span>}
          {mouth.speakers[0] && <SpeakerThen speaker={mouth.speakers[0]} />}
          {mouth.speakers[0]?.matter != null && (
            <>
              {' '}
              <Link to={paths.matter(slug, mouth.speakers[0].matter)}>{t('chain.page')}</Link>
            </>
          )}
        </p>
        {inner}
      </div>
    ),
    <div className="rail-words">{children}</div>,
  )
  return (
    <div className="rails">
      {said.chain.length === 0 || said.missing ? <p className="no-speaker">{t('chain.missing')}</p> : null}
      {rails}
    </div>
  )
}
