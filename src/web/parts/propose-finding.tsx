import { type ReactElement, useState } from 'react'
import { statementOperations } from '../../statements/contract.ts'
import { STANDARDS_OF_PROOF } from '../../statements/finding.ts'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { Field, TextField, useSending } from './form.tsx'

/** What we should hold, by which standard, and the statements it rests on. */
export function ProposeFinding({ page }: { page: MatterPageView }): ReactElement {
  const { t, label } = useWords()
  const { dossier } = useHere()
  const [proposition, setProposition] = useState('')
  const [reasons, setReasons] = useState('')
  const [standard, setStandard] = useState<(typeof STANDARDS_OF_PROOF)[number]>(
    'reasonable_grounds_to_believe',
  )
  const [met, setMet] = useState('open')
  const [sides, setSides] = useState<Record<string, 'for' | 'against' | ''>>({})
  const { busy, send, note } = useSending()
  const on = (side: string) => Object.keys(sides).filter((id) => sides[id] === side)
  const statements = Object.values(page.statements)
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const body = {
          dossier: dossier.id,
          matter: page.matter.id,
          aspect: null,
          proposition,
          standard,
          met: met === 'open' ? null : met === 'met',
          reasons,
          for: on('for'),
          against: on('against'),
        }
        if (await send(() => call(statementOperations.proposeFinding, { body }))) {
          setProposition('')
          setReasons('')
          setSides({})
        }
      }}
    >
      <TextField label={t('finding.proposition')} value={proposition} onChange={setProposition} rows={2} />
      <Field label={t('finding.standard')}>
        {(id) => (
          <select
            id={id}
            value={standard}
            onChange={({ target }) => setStandard(target.value as typeof standard)}
          >
            {STANDARDS_OF_PROOF.map((one) => (
              <option key={one} value={one}>
                {label('standards-of-proof', one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('finding.reached')}>
        {(id) => (
          <select id={id} value={met} onChange={({ target }) => setMet(target.value)}>
            <option value="open">{t('finding.open')}</option>
            <option value="met">{t('finding.met')}</option>
            <option value="not">{t('finding.notMet')}</option>
          </select>
        )}
      </Field>
      <TextField label={t('finding.reasons')} value={reasons} onChange={setReasons} rows={3} />
      <fieldset className="sides">
        <legend>{t('finding.rests')}</legend>
        {statements.slice(0, 60).map((statement) => (
          <label key={statement.id}>
            <select
              value={sides[statement.id] ?? ''}
              aria-label={statement.item}
              onChange={({ target }) =>
                setSides({ ...sides, [statement.id]: target.value as 'for' | 'against' | '' })
              }
            >
              <option value="">–</option>
              <option value="for">{t('finding.for')}</option>
              <option value="against">{t('finding.against')}</option>
            </select>{' '}
            <span className="mono">{statement.item}</span> {statement.passages[0]?.exact.slice(0, 70)}
          </label>
        ))}
      </fieldset>
      <button type="submit" disabled={busy}>
        {t('finding.send')}
      </button>
      {note}
    </form>
  )
}
