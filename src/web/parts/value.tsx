import type { ReactElement } from 'react'
import { VagueBar } from '../../display/small-marks.tsx'
import type { EntryView, ValueView } from '../../statements/view-shapes.ts'
import { vagueBounds } from '../../vocabularies/vague-words.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { DateText } from './date-text.tsx'
import { Link } from './link.tsx'
import { MatterTitle } from './matter-title.tsx'

/** What was said of an aspect: as stated in serif, as normalised in sans or mono; both stay visible. */
export function EntryValue({ entry, quoted }: { entry: EntryView; quoted: boolean }): ReactElement {
  const { t } = useWords()
  const { value, normalised, asStated, state } = entry
  const plain = value?.text.trim().toLowerCase() === asStated?.trim().toLowerCase()
  return (
    <span className="value">
      {value === null ? null : quoted && value.type === 'text' ? (
        <q className="as-stated">{value.text}</q>
      ) : (
        <ValueText value={value} asStated={asStated} />
      )}
      {asStated !== null && !plain && <q className="as-stated small">{asStated}</q>}
      {normalised !== null && (
        <span className={`normalised ${state}`}>
          → <ValueText value={normalised} asStated={asStated} />{' '}
          <span className="aside">{t(`value.${state === 'none' ? 'proposed' : state}`)}</span>
        </span>
      )}
      {entry.implied && <span className="aside">{t('value.implied')}</span>}
      {value === null && normalised === null && asStated === null && (
        <span className="aside">{t('value.none')}</span>
      )}
    </span>
  )
}

function ValueText({ value, asStated }: { value: ValueView; asStated: string | null }): ReactElement {
  const { slug } = useHere()
  const { t, language } = useWords()
  if (value.date) return <DateText of={value.date.edtf} />
  if (value.matter)
    return (
      <Link to={paths.matter(slug, value.matter.id)}>
        {value.matter.name === '' ? value.text : <MatterTitle of={value.matter} />}
      </Link>
    )
  if (value.quantity?.vague) {
    const bounds = vagueBounds(asStated ?? value.text, language)
    const hint = bounds
      ? t('value.vague', { lower: bounds.lower, upper: bounds.upper ?? '…' })
      : t('value.vagueWord')
    return (
      <span className="vague" title={hint}>
        <q className="as-stated">{asStated ?? value.text}</q> <VagueBar />
        <span className="unseen">{hint}</span>
      </span>
    )
  }
  return (
    <span className="ours">
      {value.text}
      {value.quantity?.scope != null && <span className="aside"> {value.quantity.scope}</span>}
      {value.quantity?.asOf != null && <span className="aside mono"> {value.quantity.asOf}</span>}
    </span>
  )
}
