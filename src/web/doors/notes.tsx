import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { tryDate } from '../../foundation/edtf.ts'
import { sourceOperations } from '../../sources/contract.ts'
import { type Note, PlanNote, RisksNote } from '../../sources/note.ts'
import { call, Refused, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { DateField } from '../parts/date-field.tsx'
import { TextField, useSending } from '../parts/form.tsx'
import { Link } from '../parts/link.tsx'
import { Loading, RefusedNote } from '../parts/states.tsx'
import { go, paths } from '../router.ts'
import type { Words } from '../words/en.ts'

type Draft = z.output<(typeof sourceOperations)['listDrafts']['answer']>['drafts'][number]
type Template = Note['template']

const TEMPLATES = ['note', 'interview', 'incident', 'plan', 'risks'] as const satisfies readonly Template[]
const INCIDENT = ['what', 'when', 'where', 'harmed', 'by', 'known', 'risk', 'next'] as const
/** Forms that are one field after another, labelled by a list. */
const LISTED = {
  plan: ['plan-fields', Object.keys(PlanNote.shape).filter((field) => field !== 'template')],
  risks: ['risk-fields', Object.keys(RisksNote.shape).filter((field) => field !== 'template')],
} as const satisfies Partial<Record<Template, readonly [string, readonly string[]]>>
const INTERVIEW = ['occasion', 'place', 'present'] as const

/** What is being typed; kept as a draft at every pause. */
interface Typed {
  readonly template: Template
  readonly title: string
  readonly date: string
  readonly text: string
  readonly fields: Readonly<Record<string, string>>
  readonly turns: readonly { readonly speaker: string; readonly text: string }[]
  readonly dossier: string
}

const EMPTY: Typed = { template: 'note', title: '', date: '', text: '', fields: {}, turns: [], dossier: '' }

/** Notes, interview records and incidents typed here; a draft survives a closed browser, finishing freezes an original. */
export function Notes({ draft }: { draft: string | null }): ReactElement {
  const { t, moment } = useWords()
  const { slug } = useHere()
  const { value, waiting } = useAnswer(sourceOperations.listDrafts, {})
  if (waiting || !value) return <Loading />
  const open = value.drafts.find((one) => one.id === draft)
  const start = async (template: Template) => {
    const made = await call(sourceOperations.saveDraft, {
      body: { id: null, body: { ...EMPTY, template, dossier: slug } as never },
    })
    go(paths.notes(slug, made.id))
  }
  if (open) return <NoteForm key={open.id} draft={open} />
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('notes.title')}</h1>
        <p className="aside">{t('notes.what')}</p>
      </header>
      <p className="buttons">
        {TEMPLATES.map((template) => (
          <button key={template} type="button" className="primary" onClick={() => void start(template)}>
            {t(`notes.${template}`)}
          </button>
        ))}
      </p>
      {value.drafts.length > 0 && (
        <section className="docket">
          <h2>{t('notes.drafts')}</h2>
          <ul>
            {value.drafts.map((one) => (
              <li key={one.id} className="row">
                <Link to={paths.notes(slug, one.id)}>{String(one.body.title || t('notes.untitled'))}</Link>
                <span className="row-middle aside">{t(`notes.${templateOf(one)}`)}</span>
                <span className="row-end">
                  {moment(one.savedAt)}{' '}
                  <button
                    type="button"
                    onClick={() => void call(sourceOperations.dropDraft, { body: { id: one.id } })}
                  >
                    {t('notes.drop')}
                  </button>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function templateOf(draft: Draft): Template {
  return TEMPLATES.find((one) => one === draft.body.template) ?? 'note'
}

/** Pauses in typing after which a draft is saved. */
const PAUSE_MS = 700

function NoteForm({ draft }: { draft: Draft }): ReactElement {
  const { t, label, language, moment } = useWords()
  const { slug } = useHere()
  const [typed, setTyped] = useState<Typed>({ ...EMPTY, ...(draft.body as Partial<Typed>) })
  const [savedAt, setSavedAt] = useState(draft.savedAt)
  const { busy, send, note } = useSending()
  const [unsaved, setUnsaved] = useState<Refused | null>(null)
  const since = useRef(draft.savedAt)
  const saving = useRef(Promise.resolve())
  const latest = useRef(typed)
  latest.current = typed
  const set = (changed: Partial<Typed>) => setTyped({ ...latest.current, ...changed })
  const opened = useRef(typed)
  const typedSince = useRef(false)
  const saveNow = useRef((_: { keepalive: boolean }): void => undefined)
  saveNow.current = (how) => {
    if (!typedSince.current) return
    typedSince.current = false
    // One save after another, each from the one before: another window that typed meanwhile is told, not overwritten.
    const save = async () => {
      try {
        const body = { id: draft.id, body: latest.current as never, since: since.current }
        const saved = await call(sourceOperations.saveDraft, { body }, how)
        since.current = saved.savedAt
        setSavedAt(saved.savedAt)
        setUnsaved(null)
      } catch (error) {
        if (error instanceof Refused) setUnsaved(error)
      }
    }
    // A page that closes has no time for the one before.
    saving.current = how.keepalive ? save() : saving.current.then(save)
  }
  useEffect(() => {
    if (typed === opened.current) return
    typedSince.current = true
    const soon = setTimeout(() => saveNow.current({ keepalive: false }), PAUSE_MS)
    return () => clearTimeout(soon)
  }, [typed])
  useEffect(() => {
    // Whoever closes the window, or goes through another door, in the middle of a word keeps that word.
    const leave = () => saveNow.current({ keepalive: true })
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      saveNow.current({ keepalive: false })
    }
  }, [])
  const finish = async () => {
    const taken: { source: string | null } = { source: null }
    typedSince.current = false
    const done = await send(async () => {
      const answer = await call(sourceOperations.finishNote, {
        params: { slug },
        body: {
          title: typed.title,
          note: noteOf(typed),
          date: typed.date.trim() === '' ? new Date().toISOString().slice(0, 10) : typed.date.trim(),
          language,
          publisher: { name: t('notes.ours'), group: 'ours' },
          provenance: {},
          labels: labelsOf(typed.template, { t, label }),
          draft: draft.id,
        },
      })
      taken.source = answer.source
    })
    if (done && taken.source !== null) go(paths.source(slug, taken.source))
  }
  const badDate = typed.date.trim() !== '' && tryDate(typed.date.trim()) === null
  return (
    <div className="page note-form">
      <header className="page-head">
        <h1>{t(`notes.${typed.template}`)}</h1>
        <p className="aside" role="status">
          {t('notes.saved', { at: moment(savedAt) })}
        </p>
      </header>
      {unsaved && <RefusedNote refused={unsaved} />}
      <TextField label={t('notes.titleField')} value={typed.title} onChange={(title) => set({ title })} />
      <DateField
        label={t('source.date')}
        value={typed.date}
        onChange={(date) => set({ date })}
        hint={t('notes.dateHint')}
      />
      {typed.template === 'note' && (
        <TextField label={t('notes.text')} value={typed.text} onChange={(text) => set({ text })} rows={16} />
      )}
      {typed.template === 'incident' &&
        INCIDENT.map((field) => (
          <TextField
            key={field}
            label={t(`field.${field}`)}
            value={typed.fields[field] ?? ''}
            rows={field === 'what' ? 5 : 2}
            onChange={(text) => set({ fields: { ...typed.fields, [field]: text } })}
          />
        ))}
      {(typed.template === 'plan' || typed.template === 'risks') &&
        LISTED[typed.template][1].map((field) => (
          <TextField
            key={field}
            label={label(LISTED[typed.template as keyof typeof LISTED][0], field)}
            value={typed.fields[field] ?? ''}
            rows={2}
            onChange={(text) => set({ fields: { ...typed.fields, [field]: text } })}
          />
        ))}
      {typed.template === 'interview' && (
        <>
          {INTERVIEW.map((field) => (
            <TextField
              key={field}
              label={t(`field.${field}`)}
              value={typed.fields[field] ?? ''}
              onChange={(text) => set({ fields: { ...typed.fields, [field]: text } })}
            />
          ))}
          <Turns turns={typed.turns} onChange={(turns) => set({ turns })} />
        </>
      )}
      <p className="hint">{t('notes.protect')}</p>
      <p className="buttons">
        <button type="button" className="primary" disabled={busy || badDate} onClick={() => void finish()}>
          {t('notes.finish')}
        </button>
        <Link to={paths.notes(slug)}>{t('notes.later')}</Link>
      </p>
      {note}
    </div>
  )
}

/** What each field is called in the language it was typed in; the frozen text says it too. */
function labelsOf(
  template: Template,
  { t, label }: Pick<ReturnType<typeof useWords>, 't' | 'label'>,
): Record<string, string> {
  if (template === 'plan' || template === 'risks') {
    const [list, fields] = LISTED[template]
    return Object.fromEntries(fields.map((field) => [field, label(list, field)]))
  }
  return Object.fromEntries(
    [...INCIDENT, ...INTERVIEW].map((field) => [field, t(`field.${field}` as keyof Words)]),
  )
}

function noteOf(typed: Typed): z.input<typeof Note> {
  if (typed.template === 'note') return { template: 'note', text: typed.text }
  if (typed.template !== 'interview') return { template: typed.template, ...typed.fields }
  const turns = typed.turns.filter(({ speaker, text }) => speaker.trim() !== '' && text.trim() !== '')
  return { template: 'interview', ...typed.fields, turns }
}

function Turns({
  turns,
  onChange,
}: {
  turns: Typed['turns']
  onChange: (turns: Typed['turns']) => void
}): ReactElement {
  const { t } = useWords()
  const shown = turns.length === 0 ? [{ speaker: '', text: '' }] : turns
  const change = (at: number, changed: Partial<Typed['turns'][number]>) =>
    onChange(shown.map((turn, n) => (n === at ? { ...turn, ...changed } : turn)))
  const speakers = [...new Set(shown.map(({ speaker }) => speaker).filter(Boolean))]
  return (
    <fieldset className="turns">
      <legend>{t('notes.turns')}</legend>
      {shown.map((turn, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a turn is known by its place
        <div key={n} className="turn">
          <TextField
            label={t('notes.speaker')}
            value={turn.speaker}
            list="turn-speakers"
            onChange={(speaker) => change(n, { speaker })}
          />
          <TextField
            label={t('notes.said')}
            value={turn.text}
            rows={3}
            onChange={(text) => change(n, { text })}
          />
        </div>
      ))}
      <datalist id="turn-speakers">
        {speakers.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <button
        type="button"
        onClick={() => onChange([...shown, { speaker: shown.at(-2)?.speaker ?? '', text: '' }])}
      >
        {t('notes.turn')}
      </button>
    </fieldset>
  )
}
