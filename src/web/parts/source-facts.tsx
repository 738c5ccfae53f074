import { type ReactElement, useState } from 'react'
import { sourceOperations } from '../../sources/contract.ts'
import type { SourcePageView } from '../../statements/page-shapes.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import type { Words } from '../words/en.ts'
import { DateField, useDateSentence } from './date-field.tsx'
import { Field, Fold, TextField, useSending } from './form.tsx'
import { GroupField } from './group-field.tsx'
import { KeyCap } from './key-help.tsx'
import { Link } from './link.tsx'
import { MatterTitle } from './matter-title.tsx'
import { saveOriginal } from './save-original.ts'
import { TakeOut } from './take-out.tsx'
import type { Trouble } from './trouble.ts'

const PROVENANCE: readonly [name: keyof SourcePageView['source']['provenance'], word: keyof Words][] = [
  ['outlet', 'source.outlet'],
  ['occasion', 'source.occasion'],
  ['obtained', 'source.obtained'],
  ['suppliedBy', 'source.suppliedBy'],
  ['rights', 'source.rights'],
  ['credit', 'source.credit'],
  ['licence', 'source.licence'],
  ['interest', 'source.interest'],
  ['url', 'source.url'],
]

/** Where a source comes from, how it was read, and what can be done with it. */
export function SourceFacts({ page }: { page: SourcePageView }): ReactElement {
  const { t, label, number, moment } = useWords()
  const { slug } = useHere()
  const { source, reading } = page
  const { send, note, busy } = useSending()
  const [again, setAgain] = useState<string | null>(null)
  const rows: [string, string][] = PROVENANCE.flatMap(([name, word]): [string, string][] => {
    const value = source.provenance[name]
    return typeof value === 'string' ? [[t(word), value]] : []
  })
  const { suppliedByParty: supplied, captured } = source.provenance
  if (captured) rows.push([t('source.captured'), moment(captured)])
  const fileName = source.fileName ?? `${source.title}.txt`
  const save = () => send(() => saveOriginal(source.id, fileName))
  const readAgain = () =>
    send(async () => {
      const { passages, failed } = await call(sourceOperations.readAgain, {
        params: { id: source.id },
        body: {},
      })
      setAgain(
        failed
          ? `${failed.sentence} (${failed.code})`
          : t('source.readAgainDone', {
              intact: passages.intact,
              moved: passages.moved,
              lost: passages.lost,
            }),
      )
    })
  return (
    <>
      <section className="panel">
        <h2>{t('source.title')}</h2>
        <dl className="facts">
          <div>
            <dt>{t('source.kind')}</dt>
            <dd>{label('source-kinds', source.kind)}</dd>
          </div>
          {source.fileName !== null && (
            <div>
              <dt>{t('source.file')}</dt>
              <dd className="breaking">{source.fileName}</dd>
            </div>
          )}
          {source.within && (
            <div>
              <dt>{t('source.within')}</dt>
              <dd className="breaking">
                <Link to={paths.source(slug, source.within.id)}>{source.within.title}</Link>
              </dd>
            </div>
          )}
          <div>
            <dt>{t('source.original')}</dt>
            <dd>
              {source.mediaType}, {number(source.size)} B{' '}
              <span className="mono breaking">{source.sha256}</span>
            </dd>
          </div>
          <div>
            <dt>{t('source.language')}</dt>
            <dd>{[source.language, source.script].filter(Boolean).join(', ') || t('source.unknown')}</dd>
          </div>
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="breaking">{value}</dd>
            </div>
          ))}
          {typeof supplied === 'boolean' && (
            <div>
              <dt>{t('source.supplied')}</dt>
              <dd>{supplied ? t('answer.yes') : t('answer.no')}</dd>
            </div>
          )}
          {reading && (
            <div>
              <dt>{t('source.readBy')}</dt>
              <dd>
                {reading.by}
                {reading.notes.map((one) => (
                  <p key={one}>{one}</p>
                ))}
              </dd>
            </div>
          )}
        </dl>
        <p className="buttons">
          <button type="button" disabled={busy} onClick={() => void save()}>
            {t('source.save')}
          </button>
          <button type="button" disabled={busy} onClick={() => void readAgain()}>
            {t(reading ? 'source.readAgain' : 'source.tryAgain')}
          </button>
          <Link to={paths.record(slug, source.id)} className="way">
            {t('action.history')}
          </Link>
        </p>
        <TakeOut source={source.id} fileName={fileName} />
        {again !== null && <p role="status">{again}</p>}
        {note}
        <Fold title={t('source.describe')}>
          <FactsForm page={page} />
        </Fold>
      </section>
      {page.remarks.length > 0 && (
        <section className="panel">
          <h2>{t('remark.list')}</h2>
          <ul className="remarks">
            {page.remarks.map((remark) => (
              <li key={remark.id}>
                <span className="chip">
                  {remark.type === 'Remark' ? label('remark-kinds', remark.label) : remark.label}
                </span>{' '}
                {remark.matter && (
                  <Link to={paths.matter(slug, remark.matter.id)}>
                    <MatterTitle of={remark.matter} />
                  </Link>
                )}{' '}
                {remark.text}
                {remark.readings.length > 0 && (
                  <ol>
                    {remark.readings.map((one) => (
                      <li key={one}>{one}</li>
                    ))}
                  </ol>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="panel how">
        <h2>{t('reading.how')}</h2>
        <p>
          <KeyCap>↓</KeyCap> <KeyCap>↑</KeyCap> {t('keys.sentence')} · <KeyCap>→</KeyCap> <KeyCap>←</KeyCap>{' '}
          {t('keys.grow')} · <KeyCap>⇧</KeyCap> {t('keys.shrink')} · <KeyCap>t</KeyCap> …{' '}
          {t('reading.kindKey')} · <KeyCap>h</KeyCap> {t('reading.remarkKey')}
        </p>
      </section>
    </>
  )
}

function FactsForm({ page }: { page: SourcePageView }): ReactElement {
  const { t } = useWords()
  const { source } = page
  const [title, setTitle] = useState(source.title)
  const [date, setDate] = useState(source.date ?? '')
  const [publisher, setPublisher] = useState(source.publisher ?? '')
  const [group, setGroup] = useState(source.group)
  const [provenance, setProvenance] = useState(source.provenance)
  const { busy, send, note } = useSending()
  const dateSentence = useDateSentence()
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const sentence = dateSentence(date)
        setTrouble(sentence === null ? null : { sentence })
        if (sentence !== null) return
        const known = Object.entries(provenance).filter(([, value]) => value !== undefined && value !== '')
        void send(() =>
          call(sourceOperations.describeSource, {
            params: { id: source.id },
            body: {
              title,
              ...(date.trim() === '' ? {} : { date: date.trim() }),
              publisher: publisher.trim() === '' ? null : { name: publisher.trim(), group },
              provenance: Object.fromEntries(known),
              revision: source.revision,
            },
          }),
        )
      }}
    >
      <TextField label={t('source.titleField')} value={title} onChange={setTitle} />
      <DateField
        label={t('source.date')}
        value={date}
        onChange={(typed) => {
          setDate(typed)
          setTrouble(null)
        }}
        hint={t('code.dateHint')}
        trouble={trouble}
      />
      <TextField label={t('source.publisher')} value={publisher} onChange={setPublisher} />
      <GroupField group={group} onGroup={setGroup} />
      {[...PROVENANCE, ['independence', 'source.independence'] as const].map(([name, word]) => (
        <TextField
          key={name}
          label={t(word)}
          value={String(provenance[name] ?? '')}
          onChange={(value) => setProvenance({ ...provenance, [name]: value })}
        />
      ))}
      <Field label={t('source.supplied')}>
        {(id) => (
          <select
            id={id}
            value={String(provenance.suppliedByParty ?? '')}
            onChange={({ target }) =>
              setProvenance({
                ...provenance,
                suppliedByParty: target.value === '' ? undefined : target.value === 'true',
              })
            }
          >
            <option value="">{t('source.unknown')}</option>
            <option value="true">{t('answer.yes')}</option>
            <option value="false">{t('answer.no')}</option>
          </select>
        )}
      </Field>
      <button type="submit" disabled={busy}>
        {t('action.save')}
      </button>
      {note}
    </form>
  )
}
