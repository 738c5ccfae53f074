import { type ReactElement, useMemo, useRef, useState } from 'react'
import { ConflictSign } from '../../display/small-marks.tsx'
import { matterOperations } from '../../matters/contract.ts'
import { statementOperations } from '../../statements/contract.ts'
import { POLARITIES } from '../../statements/statement.ts'
import { termsOf } from '../../vocabularies/vocabulary.ts'
import { call, Refused, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { isTyping, singleKeysOn } from '../keys.ts'
import { useWords } from '../language.tsx'
import { paths } from '../router.ts'
import { AspectField } from './aspect-field.tsx'
import { AspectName } from './aspect-name.tsx'
import { type CodingDraft, codingFileOf, KIND_KEYS, type KnownAspect } from './coding-draft.ts'
import { usePreview } from './coding-preview.ts'
import { type Missing, missingIn } from './coding-trouble.ts'
import { WaitingContext } from './combo-field.tsx'
import { ConflictSides } from './conflict-sides.tsx'
import { useDateSentence } from './date-field.tsx'
import { Field, Fold, TextField } from './form.tsx'
import { KeyCap } from './key-help.tsx'
import { KindGrid } from './kind-grid.tsx'
import { Link } from './link.tsx'
import { MatterField } from './matter-field.tsx'
import { MatterTitle } from './matter-title.tsx'
import { SpeakerFields } from './speaker-fields.tsx'
import { RefusedNote } from './states.tsx'
import { SuggestionsWhileCoding } from './suggestions.tsx'
import type { Trouble } from './trouble.ts'
import { ValueField } from './value-field.tsx'
import { useWaiting } from './waiting.ts'
import type { Words } from './words-at-hand.ts'

/** Words that a person codes: kind, who says it, of what, and what it says; the conflict it will make is shown before. */
export function CodingPalette({
  words,
  turn,
  draft,
  onDraft,
  onRecorded,
  onClose,
}: {
  words: Words
  /** Who speaks in the turn of the interview in which the words stand. */
  turn: string | null
  draft: CodingDraft
  onDraft: (change: (draft: CodingDraft) => CodingDraft) => void
  onRecorded: (next: boolean) => void
  onClose: () => void
}): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  const [refused, setRefused] = useState<Refused | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<(Trouble & Pick<Missing, 'at'>) | null>(null)
  const troubleAt = (field: Missing['at']) => (trouble?.at === field ? trouble : null)
  // One name for this statement, however often it is previewed and sent: sending twice records it once.
  const id = useMemo(
    () => `r-${words.source.slice(-6)}-${words.start}-${words.end}-${Date.now().toString(36)}`,
    [words],
  )
  const { value: known } = useAnswer(matterOperations.listAspects, { params: { slug } })
  const kindOfMatter =
    draft.about === null ? null : draft.about.id === null ? draft.newKind : draft.about.kind
  const aspects = (known?.aspects ?? []).filter((one) => one.matterKind === kindOfMatter)
  const aspect = aspects.find((one) => one.name === draft.aspect.trim())
  const set = (changed: Partial<CodingDraft>) => {
    setTrouble(null)
    onDraft((before) => ({ ...before, ...changed }))
  }
  const waiting = useWaiting()
  const dateSentence = useDateSentence()
  const ready = known !== null && !waiting.now.has(t('code.about'))
  const declared = aspect !== undefined
  const { conflicts: preview, suggestions } = usePreview(draft, words, { id, declared })
  const record = async (next: boolean) => {
    if (busy) return
    // Hands that are faster than the answers lose nothing: what was asked for is taken first.
    if (waiting.until(() => latest.current(next))) return
    const missing = missingIn(draft)
    const ofDate = missing?.word === 'code.dateUnreadable' ? dateSentence(draft.value) : null
    setTrouble(missing && { at: missing.at, sentence: ofDate ?? t(missing.word) })
    if (missing) return
    setBusy(true)
    setRefused(null)
    try {
      const outcome = await call(statementOperations.code, {
        params: { slug },
        body: codingFileOf(draft, words, { id, declared }),
      })
      const bad = outcome.items.find((one) => one.outcome === 'refused')
      if (bad) setRefused(new Refused(bad.code ?? 'refused', bad.sentence ?? ''))
      else onRecorded(next)
    } catch (error) {
      setRefused(error instanceof Refused ? error : new Refused('machine_failed', String(error)))
    } finally {
      setBusy(false)
    }
  }
  const latest = useRef(record)
  latest.current = record
  return (
    <WaitingContext value={waiting.tell}>
      <section
        className="panel palette"
        aria-label={t('code.title')}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || event.shiftKey)) {
            event.preventDefault()
            // As it is now: the field in which the key was pressed has just taken what stands in it.
            void latest.current(event.shiftKey)
          } else if (event.key === 'Escape' && !event.defaultPrevented) {
            event.stopPropagation()
            onClose()
          } else if (!isTyping(event.target) && singleKeysOn() && !event.ctrlKey && !event.metaKey) {
            const kind = KIND_KEYS[event.code.replace(/^Key/, '').toLowerCase()]
            if (kind) set({ kind })
          }
        }}
      >
        <header>
          <h2>{t('code.title')}</h2>
          <button type="button" onClick={onClose}>
            {t('action.close')} <KeyCap>esc</KeyCap>
          </button>
        </header>
        <q className="quote" dir="auto">
          {words.exact}
        </q>
        <KindGrid kind={draft.kind} onKind={(kind) => set({ kind })} />
        <MatterField
          label={t('code.about')}
          name={draft.about?.name ?? ''}
          makes
          autoFocus
          trouble={troubleAt('about')}
          onTyping={() => set({ about: null, aspect: '' })}
          onChoose={(about) => set({ about })}
        />
        {draft.about?.id === null && (
          <Field label={t('code.newKind')}>
            {(field) => (
              <select
                id={field}
                value={draft.newKind}
                onChange={({ target }) => set({ newKind: target.value })}
              >
                {termsOf('matter-kinds').map(({ key }) => (
                  <option key={key} value={key}>
                    {label('matter-kinds', key)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <AspectField
          typed={draft.aspect}
          aspects={aspects}
          ready={ready}
          trouble={troubleAt('aspect')}
          onChange={(name, found) => set({ aspect: name, ...offeredBy(found, draft) })}
        />
        <ValueField
          draft={draft}
          aspect={aspect}
          words={words}
          isNew={aspect === undefined && ready}
          trouble={troubleAt('value')}
          onChange={set}
        />
        <Fold title={t('code.who')} open={draft.speaker !== null || draft.nobody || turn !== null}>
          <SpeakerFields draft={draft} turn={turn} onChange={set} />
        </Fold>
        <Fold title={t('code.more')}>
          <Field label={t('statement.polarity')}>
            {(field) => (
              <select
                id={field}
                value={draft.polarity}
                onChange={({ target }) => set({ polarity: target.value })}
              >
                {POLARITIES.map((one) => (
                  <option key={one} value={one}>
                    {label('polarities', one)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField label={t('statement.hedges')} value={draft.hedge} onChange={(hedge) => set({ hedge })} />
          <TextField
            label={t('statement.note')}
            value={draft.note}
            onChange={(note) => set({ note })}
            rows={2}
          />
        </Fold>
        <div aria-live="polite">
          {preview.map((conflict) => (
            <div key={conflict.id} className="will-conflict">
              <p>
                <ConflictSign /> {t('code.willStand', { n: conflict.statements.length - 1 })}{' '}
                <Link to={paths.matter(slug, conflict.matter.id, conflict.aspect)}>
                  <MatterTitle of={conflict.matter} /> / <AspectName of={conflict.aspect} />
                </Link>{' '}
                <span className="mono">{conflict.id}</span>
              </p>
              <ConflictSides
                conflict={{ ...conflict, sides: conflict.sides.filter((one) => one.item !== id) }}
              />
            </div>
          ))}
        </div>
        <SuggestionsWhileCoding
          suggestions={suggestions}
          onDate={(normalised, reason) => set({ normalised, reason })}
          onCheck={(check) => set({ checks: [...new Set([...draft.checks, check])] })}
        />
        <div className="record">
          {refused && <RefusedNote refused={refused} />}
          <p className="buttons">
            <button type="button" className="primary" disabled={busy} onClick={() => void record(false)}>
              {t('code.record')} <KeyCap>ctrl ↵</KeyCap>
            </button>
            <button type="button" disabled={busy} onClick={() => void record(true)}>
              {t('code.recordNext')} <KeyCap>shift ↵</KeyCap>
            </button>
          </p>
        </div>
      </section>
    </WaitingContext>
  )
}

/** A known aspect says what kind of value it takes; where one unit is in use, that one is meant until another is typed. */
function offeredBy(found: KnownAspect | undefined, draft: CodingDraft): Partial<CodingDraft> {
  if (found === undefined) return {}
  const { name, valueType, units } = found
  const [unit = '', ...others] = units
  const same = name === draft.aspect.trim() && draft.unit !== ''
  return { valueType, ...(same ? {} : { unit: others.length === 0 ? unit : '' }) }
}
