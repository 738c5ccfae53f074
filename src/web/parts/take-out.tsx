import { type ReactElement, useState } from 'react'
import { PURPOSES, RECIPIENTS } from '../../protection/consent-codes.ts'
import { useWords } from '../language.tsx'
import { ChoiceField, Tick } from './choice.tsx'
import { Fold, TextField, useSending } from './form.tsx'
import { saveOriginal } from './save-original.ts'

/** An original for somebody outside the case team: for what, and to whom. Where it concerns people, their leave is asked. */
export function TakeOut({ source, fileName }: { source: string; fileName: string }): ReactElement {
  const { t } = useWords()
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('court')
  const [recipient, setRecipient] = useState<(typeof RECIPIENTS)[number]>('court')
  const [to, setTo] = useState('')
  const [kept, setKept] = useState(false)
  const { busy, send, note } = useSending()
  return (
    <Fold title={t('use.takeOut')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const leaving = { purpose, recipient, to, ...(kept ? { conditions: 'read' } : {}) }
          void send(() => saveOriginal(source, fileName, leaving))
        }}
      >
        <p className="hint">{t('use.takeOutWhat')}</p>
        <ChoiceField
          label={t('consent.purpose')}
          list="consent-purposes"
          keys={PURPOSES}
          value={purpose}
          onChange={setPurpose}
        />
        <ChoiceField
          label={t('consent.recipient')}
          list="consent-recipients"
          keys={RECIPIENTS}
          value={recipient}
          onChange={setRecipient}
        />
        <TextField label={t('use.toWhom')} value={to} onChange={setTo} />
        <Tick label={t('use.keepsConditions')} checked={kept} onChange={setKept} />
        <button type="submit" disabled={busy}>
          {t('source.save')}
        </button>
        {note}
      </form>
    </Fold>
  )
}
