import type { ReactElement } from 'react'
import { ledgerOperations } from '../../ledger/contract.ts'
import { useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import { MatterField } from './matter-field.tsx'

/** The matter that a person is, where the record speaks of them. */
export function MatterPick({
  value,
  onChange,
}: {
  value: string | null
  onChange: (matter: string | null) => void
}): ReactElement {
  const { t } = useWords()
  const { value: known } = useAnswer(
    ledgerOperations.record,
    value === null ? null : { params: { id: value } },
  )
  const body = known?.body
  const name = typeof body === 'object' && body !== null && 'name' in body ? String(body.name) : ''
  return (
    <>
      <MatterField
        label={t('person.matter')}
        name={value === null ? '' : name}
        onChoose={(chosen) => onChange(chosen?.id ?? null)}
      />
      <p className="hint">{t('person.matterHint')}</p>
    </>
  )
}
