import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import { sourceOperations } from '../../sources/contract.ts'
import { termsOf } from '../../vocabularies/vocabulary.ts'
import { call, Refused } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { DateField, useDateSentence } from '../parts/date-field.tsx'
import { Field, Fold, TextField } from '../parts/form.tsx'
import { GroupField } from '../parts/group-field.tsx'
import { Link } from '../parts/link.tsx'
import { Progress, RefusedNote } from '../parts/states.tsx'
import type { Trouble } from '../parts/trouble.ts'
import { paths } from '../router.ts'
import type { Words } from '../words/en.ts'

type Result = z.output<(typeof sourceOperations)['takeIn']['answer']>['results'][number]

/** How a source reached us and what stands behind it; every member may be unknown. */
const REACHED_US: readonly [name: string, word: keyof Words][] = [
  ['outlet', 'source.outlet'],
  ['occasion', 'source.occasion'],
  ['obtained', 'source.obtained'],
  ['rights', 'source.rights'],
  ['credit', 'source.credit'],
  ['interest', 'source.interest'],
  ['independence', 'source.independence'],
  ['url', 'source.url'],
]

/** Files, or text pasted here; each gets its own line, and a bad one stops nothing. */
export function AddSource(): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  const [publisher, setPublisher] = useState('')
  const [group, setGroup] = useState('')
  const [date, setDate] = useState('')
  const [kind, setKind] = useState('article')
  const [reached, setReached] = useState<Record<string, string>>({})
  const [supplied, setSupplied] = useState(false)
  const [title, setTitle] = useState('')
  const [pasted, setPasted] = useState('')
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const [results, setResults] = useState<Result[]>([])
  const [refused, setRefused] = useState<Refused | null>(null)
  const [over, setOver] = useState(false)
  const [chosen, setChosen] = useState<readonly File[]>([])
  const [trouble, setTrouble] = useState<(Trouble & { at: 'date' | 'group' }) | null>(null)
  const dateSentence = useDateSentence()
  const troubleAt = (field: 'date' | 'group') => (trouble?.at === field ? trouble : null)
  /** What of the facts cannot be kept as it stands; it is shown at its field. */
  const factsStand = (): boolean => {
    const ofDate = dateSentence(date)
    const ofGroup = publisher.trim() !== '' && group === '' ? t('code.groupMissing') : null
    const found =
      ofGroup !== null
        ? { at: 'group' as const, sentence: ofGroup }
        : ofDate !== null
          ? { at: 'date' as const, sentence: ofDate }
          : null
    setTrouble(found)
    return found === null
  }
  const facts = {
    kind,
    ...(date.trim() === '' ? {} : { date: date.trim() }),
    provenance: {
      ...Object.fromEntries(Object.entries(reached).filter(([, text]) => text.trim() !== '')),
      ...(supplied ? { suppliedByParty: true } : {}),
    },
    ...(publisher.trim() === '' ? {} : { publisher: { name: publisher.trim(), group } }),
  }
  const take = async (
    files: readonly { fileName: string; base64: () => Promise<string>; title?: string }[],
  ): Promise<boolean> => {
    if (!factsStand()) return false
    setRefused(null)
    setResults([])
    try {
      for (const [n, file] of files.entries()) {
        setProgress({ done: n, total: files.length })
        const one = {
          fileName: file.fileName,
          base64: await file.base64(),
          facts: { ...facts, ...(file.title ? { title: file.title } : {}) },
        }
        const answer = await call(sourceOperations.takeIn, { params: { slug }, body: { files: [one] } })
        setResults((before) => [...before, ...answer.results])
      }
      return true
    } catch (error) {
      setRefused(error instanceof Refused ? error : new Refused('machine_failed', String(error)))
      return false
    } finally {
      setProgress(null)
    }
  }
  const takeChosen = async () => {
    const done = await take(chosen.map((file) => ({ fileName: file.name, base64: () => asBase64(file) })))
    if (done) setChosen([])
  }
  const takePasted = async () => {
    const fileName = `${title.trim() === '' ? 'pasted' : title.trim().slice(0, 60)}.txt`
    const done = await take([
      {
        fileName,
        base64: () => asBase64(new Blob([pasted])),
        ...(title.trim() === '' ? {} : { title: title.trim() }),
      },
    ])
    if (!done) return
    setPasted('')
    setTitle('')
  }
  return (
    <div className="page narrow">
      <header className="page-head">
        <p className="crumbs">
          <Link to={paths.sources(slug)}>{t('door.sources')}</Link>
        </p>
        <h1>{t('sources.add')}</h1>
        <p className="aside">{t('add.what')}</p>
      </header>
      <section className="fields">
        <TextField label={t('source.publisher')} value={publisher} onChange={setPublisher} />
        <GroupField
          group={group}
          trouble={troubleAt('group')}
          onGroup={(one) => {
            setGroup(one)
            setTrouble(null)
          }}
        />
        <Field label={t('source.kind')}>
          {(id) => (
            <select id={id} value={kind} onChange={({ target }) => setKind(target.value)}>
              {termsOf('source-kinds').map(({ key }) => (
                <option key={key} value={key}>
                  {label('source-kinds', key)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <DateField
          label={t('source.date')}
          value={date}
          hint={t('code.dateHint')}
          trouble={troubleAt('date')}
          onChange={(one) => {
            setDate(one)
            setTrouble(null)
          }}
        />
      </section>
      <Fold title={t('add.more')}>
        <div className="fields">
          {REACHED_US.map(([name, word]) => (
            <TextField
              key={name}
              label={t(word)}
              value={reached[name] ?? ''}
              onChange={(text) => setReached({ ...reached, [name]: text })}
            />
          ))}
          <label className="check">
            <input
              type="checkbox"
              checked={supplied}
              onChange={({ target }) => setSupplied(target.checked)}
            />
            {t('source.supplied')}
          </label>
        </div>
      </Fold>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way beside the button */}
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          setChosen([...chosen, ...event.dataTransfer.files])
        }}
      >
        <Field label={t('add.files')} hint={t('add.formats')}>
          {(id) => (
            <input
              id={id}
              type="file"
              multiple
              onChange={({ target }) => {
                setChosen([...chosen, ...(target.files ?? [])])
                // So that the same file can be chosen again after it was let go.
                target.value = ''
              }}
            />
          )}
        </Field>
        {chosen.length > 0 && (
          <ul className="chosen-files">
            {chosen.map((file, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
              <li key={n}>
                {file.name}{' '}
                <button type="button" onClick={() => setChosen(chosen.filter((one) => one !== file))}>
                  {t('add.leaveOut')}
                </button>
              </li>
            ))}
          </ul>
        )}
        <button
          type="button"
          className="primary"
          disabled={chosen.length === 0 || progress !== null}
          onClick={() => void takeChosen()}
        >
          {t('add.take')}
        </button>
      </div>
      <section className="paste">
        <h2>{t('add.paste')}</h2>
        <TextField label={t('source.titleField')} value={title} onChange={setTitle} />
        <TextField label={t('notes.text')} value={pasted} onChange={setPasted} rows={8} />
        <button
          type="button"
          disabled={pasted.trim() === '' || progress !== null}
          onClick={() => void takePasted()}
        >
          {t('add.keep')}
        </button>
      </section>
      {progress && <Progress {...progress} what={t('add.taking')} />}
      {refused && <RefusedNote refused={refused} />}
      {results.length > 0 && (
        <ul className="list" aria-live="polite">
          {results.map((one, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
            <li key={n} className="row">
              {one.source === null ? (
                <span>{one.fileName}</span>
              ) : (
                <Link to={paths.source(slug, one.source)}>
                  {t('add.open')} {one.fileName}
                </Link>
              )}
              <span className="row-end">
                {one.outcome === 'refused' ? (
                  <span className="conflict">
                    {one.sentence} <code>{one.code}</code>
                  </span>
                ) : (
                  t(one.outcome === 'added' ? 'add.added' : 'add.there')
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

async function asBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  // In pieces: a spread of millions of arguments would overflow the stack.
  for (let at = 0; at < bytes.length; at += 32_768)
    binary += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(binary)
}
