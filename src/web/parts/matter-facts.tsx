import { type ReactElement, useState } from 'react'
import { matterOperations } from '../../matters/contract.ts'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { Mentions } from './beside.tsx'
import { DescribeForm } from './describe-form.tsx'
import { Fold, TextField, useSending } from './form.tsx'
import { Link } from './link.tsx'
import { MatterField } from './matter-field.tsx'
import { MatterTitle } from './matter-title.tsx'
import { TagForm } from './tag-form.tsx'

/** What we ourselves say of a matter, and what it is joined to. */
export function MatterFacts({ page }: { page: MatterPageView }): ReactElement {
  const { t, label, aspect } = useWords()
  const { slug } = useHere()
  const { matter } = page
  return (
    <>
      <section className="panel">
        <h2>{t('matter.about')}</h2>
        {matter.note !== null && <p>{matter.note}</p>}
        {!matter.named && <p className="aside">{t('matter.unnamed')}</p>}
        {matter.names.length > 0 && (
          <ul className="names">
            {matter.names.map(({ text, language, use, from, to }) => (
              <li key={`${text} ${language} ${use} ${from}`}>
                <span lang={language === 'und' ? undefined : language}>{text}</span>{' '}
                <span className="aside">
                  {language !== 'und' && <span className="mono">{language} </span>}
                  {label('name-uses', use)}
                  {(from !== null || to !== null) && (
                    <span className="mono">
                      {' '}
                      {from ?? '..'}/{to ?? '..'}
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
        {page.tags.length > 0 && (
          <p className="tags">
            {page.tags.map(({ subject, scheme, term, by }) => (
              <span key={`${subject} ${scheme} ${term}`} className="chip" title={t('tag.setBy', { by })}>
                {label(scheme, term)}
              </span>
            ))}
          </p>
        )}
        {page.merged.length > 0 && <Merged page={page} />}
        <p>
          <Link to={paths.record(slug, matter.id)} className="way">
            {t('action.history')}
          </Link>
        </p>
        <Fold title={t('matter.describe')}>
          <DescribeForm page={page} />
        </Fold>
        <Fold title={t('merge.title')}>
          <MergeForm page={page} />
        </Fold>
        <Fold title={t('tag.title')}>
          <TagForm subject={matter.id} />
        </Fold>
      </section>
      <Mentions page={page} />
      {page.linked.length > 0 && (
        <section className="panel">
          <h2>{t('matter.linked')}</h2>
          <ul className="linked">
            {page.linked.map((one) => (
              <li key={one.id}>
                <Link to={paths.matter(slug, one.id)}>
                  <MatterTitle of={one} />
                </Link>{' '}
                <span className="aside">{one.aspects.map(aspect).join(', ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Merged({ page }: { page: MatterPageView }): ReactElement {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  return (
    <div className="merged">
      <h3>{t('merge.stands')}</h3>
      <ul>
        {page.merged.map((one) => (
          <li key={one.id}>
            <MatterTitle of={one} />{' '}
            <button
              type="button"
              disabled={busy}
              onClick={() =>
                void send(() =>
                  call(matterOperations.splitMatter, { params: { id: one.id }, body: { reason } }),
                )
              }
            >
              {t('merge.split')}
            </button>
          </li>
        ))}
      </ul>
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} />
      {note}
    </div>
  )
}

function MergeForm({ page }: { page: MatterPageView }): ReactElement {
  const { t } = useWords()
  const [other, setOther] = useState<{ id: string; name: string } | null>(null)
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!other) return
        const body = { into: page.matter.id, reason }
        void send(() => call(matterOperations.mergeMatters, { params: { id: other.id }, body }))
      }}
    >
      <p className="aside">{t('merge.what')}</p>
      <MatterField
        label={t('merge.other')}
        name={other?.name ?? ''}
        onChoose={(chosen) =>
          setOther(chosen === null || chosen.id === null ? null : { id: chosen.id, name: chosen.name })
        }
      />
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} rows={2} />
      <button type="submit" disabled={busy || other === null}>
        {t('merge.make')}
      </button>
      {note}
    </form>
  )
}
