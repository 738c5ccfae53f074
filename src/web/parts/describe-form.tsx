import { type ReactElement, useState } from 'react'
import { matterOperations } from '../../matters/contract.ts'
import type { MatterName } from '../../matters/matter.ts'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import { termsOf } from '../../vocabularies/vocabulary.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { Field, TextField, useSending } from './form.tsx'
import { MatterField } from './matter-field.tsx'

/** Languages in which names are written here; each is called by its own speakers' word. */
const LANGUAGES = { en: 'English', ru: 'русский', kk: 'қазақша', ar: 'العربية', fr: 'français' }

interface NewName {
  readonly text: string
  readonly language: string
  readonly use: MatterName['use']
  readonly from: string
  readonly to: string
}
const NO_NAME: NewName = { text: '', language: 'und', use: 'spelling', from: '', to: '' }

/** Our own description of a matter: its neutral title, one more name, what it is part of, a note. */
export function DescribeForm({ page: { matter } }: { page: MatterPageView }): ReactElement {
  const { t } = useWords()
  const [name, setName] = useState(matter.name)
  const [note, setNote] = useState(matter.note ?? '')
  const [parent, setParent] = useState<{ id: string; name: string } | null>(matter.parent)
  const [added, setAdded] = useState(NO_NAME)
  const { busy, send, note: refused } = useSending()
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const body = {
          name,
          note: note.trim() === '' ? null : note,
          parent: parent?.id ?? null,
          names: [...matter.names.map(namedAs), ...(added.text.trim() === '' ? [] : [madeOf(added)])],
          // Whoever changed it meanwhile is not overwritten.
          revision: matter.revision,
        }
        if (await send(() => call(matterOperations.describeMatter, { params: { id: matter.id }, body })))
          setAdded(NO_NAME)
      }}
    >
      <TextField label={t('matter.title')} value={name} onChange={setName} hint={t('matter.titleHint')} />
      <NameFields added={added} onChange={(changed) => setAdded({ ...added, ...changed })} />
      <MatterField
        label={t('matter.parent')}
        name={parent?.name ?? ''}
        onChoose={(chosen) =>
          setParent(
            chosen === null || chosen.id === null || chosen.id === matter.id
              ? null
              : { id: chosen.id, name: chosen.name },
          )
        }
      />
      <TextField label={t('matter.note')} value={note} onChange={setNote} rows={3} />
      <button type="submit" disabled={busy}>
        {t('action.save')}
      </button>
      {refused}
    </form>
  )
}

function NameFields({
  added,
  onChange,
}: {
  added: NewName
  onChange: (changed: Partial<NewName>) => void
}): ReactElement {
  const { t, label } = useWords()
  return (
    <>
      <TextField label={t('matter.spelling')} value={added.text} onChange={(text) => onChange({ text })} />
      {added.text.trim() !== '' && (
        <div className="fields">
          <Field label={t('matter.nameLanguage')}>
            {(id) => (
              <select
                id={id}
                value={added.language}
                onChange={({ target }) => onChange({ language: target.value })}
              >
                <option value="und">{t('matter.nameUndetermined')}</option>
                {Object.entries(LANGUAGES).map(([key, called]) => (
                  <option key={key} value={key} lang={key}>
                    {called}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('matter.nameUse')}>
            {(id) => (
              <select
                id={id}
                value={added.use}
                onChange={({ target }) => onChange({ use: target.value as NewName['use'] })}
              >
                {termsOf('name-uses').map(({ key }) => (
                  <option key={key} value={key}>
                    {label('name-uses', key)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField
            label={t('matter.nameFrom')}
            value={added.from}
            onChange={(from) => onChange({ from })}
            placeholder="1998-05"
          />
          <TextField label={t('matter.nameTo')} value={added.to} onChange={(to) => onChange({ to })} />
        </div>
      )}
    </>
  )
}

function madeOf({ text, language, use, from, to }: NewName): MatterName {
  return namedAs({ text: text.trim(), language, use, from: from.trim() || null, to: to.trim() || null })
}

function namedAs({ text, language, use, from, to }: MatterPageView['matter']['names'][number]): MatterName {
  return {
    text,
    language,
    use: use as MatterName['use'],
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  }
}
