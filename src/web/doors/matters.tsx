import { type ReactElement, useState } from 'react'
import { matterOperations } from '../../matters/contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { Field, TextField } from '../parts/form.tsx'
import { Guarded, LevelMark } from '../parts/guards.tsx'
import { Link } from '../parts/link.tsx'
import { MatterTitle, titleIn } from '../parts/matter-title.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Loading, Nothing } from '../parts/states.tsx'
import { paths } from '../router.ts'

const AT_FIRST = 200

/** What is spoken of in a dossier, those most spoken of first. */
export function Matters(): ReactElement {
  const { t, label, language, number } = useWords()
  const { slug } = useHere()
  const [typed, setTyped] = useState('')
  const [kind, setKind] = useState('')
  const [shown, setShown] = useState(AT_FIRST)
  const { value, refused, waiting } = useAnswer(matterOperations.listMatters, { params: { slug } })
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !value) return <Loading />
  const kinds = [...new Set(value.matters.map((one) => one.kind))].sort()
  const wanted = typed.trim().toLowerCase()
  const found = value.matters.filter(
    (one) =>
      (kind === '' || one.kind === kind) &&
      `${titleIn(one, language)} ${one.name}`.toLowerCase().includes(wanted),
  )
  return (
    <Guarded by={value.guards}>
      <div className="page">
        <header className="page-head">
          <h1>{t('door.matters')}</h1>
          <p className="aside">{t('matters.what')}</p>
        </header>
        <div className="filters">
          <TextField label={t('list.filter')} value={typed} onChange={setTyped} />
          <Field label={t('matters.kind')}>
            {(id) => (
              <select id={id} value={kind} onChange={({ target }) => setKind(target.value)}>
                <option value="">{t('matters.all')}</option>
                {kinds.map((one) => (
                  <option key={one} value={one}>
                    {label('matter-kinds', one)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {found.length === 0 && <Nothing>{t('matters.none')}</Nothing>}
        <ul className="list">
          {found.slice(0, shown).map((matter) => (
            <li key={matter.id} className="row">
              <Link to={paths.matter(slug, matter.id)}>
                <MatterTitle of={matter} /> <LevelMark of={matter.id} />
              </Link>
              <span className="row-middle aside">{label('matter-kinds', matter.kind)}</span>
              <span className="row-end">
                {t('matters.counts', { n: number(matter.statements), sources: number(matter.sources) })}
              </span>
            </li>
          ))}
        </ul>
        {found.length > shown && (
          <button type="button" onClick={() => setShown(shown + AT_FIRST)}>
            {t('list.more', { n: number(found.length - shown) })}
          </button>
        )}
      </div>
    </Guarded>
  )
}
