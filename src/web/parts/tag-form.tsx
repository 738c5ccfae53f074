import { type ReactElement, useState } from 'react'
import { statementOperations } from '../../statements/contract.ts'
import { termsOf } from '../../vocabularies/vocabulary.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import { Field, useSending } from './form.tsx'

/** What a record may be tagged by: each scheme is a versioned list. */
const SCHEMES = ['rights', 'affected-groups', 'sdg-goals', 'sdg-targets'] as const

/** Tag a statement or a matter; who set it is kept. */
export function TagForm({ subject }: { subject: string }): ReactElement {
  const { t, label } = useWords()
  const { dossier } = useHere()
  const [chosen, setChosen] = useState('')
  const { busy, send, note } = useSending()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const [scheme = '', term = ''] = chosen.split('\n')
        const tags = [{ dossier: dossier.id, subject, scheme, term }]
        void send(() => call(statementOperations.tag, { body: { tags } })).then(
          (done) => done && setChosen(''),
        )
      }}
    >
      <Field label={t('tag.term')}>
        {(id) => (
          <select id={id} value={chosen} required onChange={({ target }) => setChosen(target.value)}>
            <option value="">{t('form.choose')}</option>
            {SCHEMES.map((scheme) => (
              <optgroup key={scheme} label={t(`tag.${scheme}`)}>
                {termsOf(scheme).map(({ key }) => (
                  <option key={key} value={`${scheme}\n${key}`}>
                    {label(scheme, key)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <button type="submit" disabled={busy}>
        {t('tag.set')}
      </button>
      {note}
    </form>
  )
}
