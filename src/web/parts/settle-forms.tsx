import { type ReactElement, useState } from 'react'
import { sourceOperations } from '../../sources/contract.ts'
import { statementOperations } from '../../statements/contract.ts'
import type { DeskView } from '../../statements/page-shapes.ts'
import { call, useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { DecideForm, Field, Fold, TextField } from './form.tsx'

/** Words that a new reading moved or lost: a person says where they stand now, or that they are gone. */
export function SettleWords({ passage }: { passage: DeskView['unsettled'][number] }): ReactElement {
  const { t } = useWords()
  const [exact, setExact] = useState('')
  const lost = passage.state === 'lost'
  const settle = (found: boolean, reason: string) => {
    const words = { as: 'words' as const, exact: exact.trim() }
    const answer = found ? (lost ? words : { as: 'found' as const }) : { as: 'gone' as const }
    return call(sourceOperations.settlePassage, { params: { id: passage.id }, body: { answer, reason } })
  }
  return (
    <Fold title={t(lost ? 'passage.lost' : 'passage.moved')}>
      {lost && <TextField label={t('notes.text')} value={exact} onChange={setExact} rows={2} />}
      <DecideForm accept={t('desk.confirm')} reject={t('desk.gone')} onDecide={settle} />
    </Fold>
  )
}

/** A document that is cited and not held: it was taken in since, or none is missing. */
export function SettleCitation({ cited }: { cited: DeskView['cited'][number] }): ReactElement {
  const { t, number } = useWords()
  return (
    <Fold title={t('desk.words', { n: number(cited.words) })}>
      <CitationForm cited={cited} />
    </Fold>
  )
}

function CitationForm({ cited }: { cited: DeskView['cited'][number] }): ReactElement {
  const { t } = useWords()
  const { slug } = useHere()
  const { value } = useAnswer(sourceOperations.listSources, { params: { slug } })
  const others = (value?.sources ?? []).filter(({ id }) => id !== cited.source.id)
  const [chosen, setChosen] = useState('')
  const heldIn = chosen === '' ? others[0]?.id : chosen
  const settle = (held: boolean, reason: string) => {
    const { start, end } = cited
    return call(statementOperations.settleCitation, {
      body: { source: cited.source.id, start, end, heldIn: held ? (heldIn ?? '') : null, reason },
    })
  }
  return (
    <>
      <Field label={t('desk.heldIn')}>
        {(id) => (
          <select id={id} value={heldIn ?? ''} onChange={({ target }) => setChosen(target.value)}>
            {others.map((source) => (
              <option key={source.id} value={source.id}>
                {source.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <DecideForm accept={t('desk.heldIn')} reject={t('desk.noneMissing')} onDecide={settle} />
    </>
  )
}
