import { type ReactElement, useState } from 'react'
import { statementOperations } from '../../statements/contract.ts'
import { REMARK_KINDS } from '../../statements/statement.ts'
import { call, Refused } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { Field, TextField, useSending } from './form.tsx'
import { targetOf, type Words } from './words-at-hand.ts'

/** Our own note on words: sic, garbled, a document that is cited and not held. */
export function RemarkPalette({
  words,
  onRecorded,
  onClose,
}: {
  words: Words
  onRecorded: () => void
  onClose: () => void
}): ReactElement {
  const { t, label } = useWords()
  const { slug } = useHere()
  const [remark, setRemark] = useState<string>('sic')
  const [text, setText] = useState('')
  const { busy, send, note } = useSending()
  const record = async () => {
    const item = {
      id: `n-${words.source.slice(-6)}-${words.start}-${words.end}-${remark}`,
      target: targetOf(words),
      body: { type: 'Remark', remark, ...(text.trim() === '' ? {} : { text: text.trim() }) },
    }
    const done = await send(async () => {
      const outcome = await call(statementOperations.code, { params: { slug }, body: { items: [item] } })
      const [bad] = outcome.items.filter((one) => one.outcome === 'refused')
      if (bad) throw new Refused(bad.code ?? 'refused', bad.sentence ?? '')
    })
    if (done) onRecorded()
  }
  return (
    <form
      className="panel palette"
      onSubmit={(event) => {
        event.preventDefault()
        void record()
      }}
    >
      <header>
        <h2>{t('remark.title')}</h2>
        <button type="button" onClick={onClose}>
          {t('action.close')}
        </button>
      </header>
      <q className="quote" dir="auto">
        {words.exact}
      </q>
      <Field label={t('remark.kind')}>
        {(id) => (
          <select id={id} value={remark} onChange={({ target }) => setRemark(target.value)}>
            {REMARK_KINDS.map((one) => (
              <option key={one} value={one}>
                {label('remark-kinds', one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField label={t('remark.text')} value={text} onChange={setText} rows={3} />
      <button type="submit" className="primary" disabled={busy}>
        {t('code.record')}
      </button>
      {note}
    </form>
  )
}
