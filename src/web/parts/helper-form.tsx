import { type ReactElement, useState } from 'react'
import { HELPER_ROLES } from '../../protection/consent-codes.ts'
import { consentOperations } from '../../protection/consent-contract.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { ChoiceField } from './choice.tsx'
import { TextField, useSending } from './form.tsx'
import type { ListedPeople } from './person-shapes.ts'

const EMPTY = {
  role: 'interpreter' as const,
  name: '',
  contact: '',
  channel: '',
  hours: '',
  language: '',
  risk: '',
}

/** An interpreter, a driver, national staff: with a risk note of their own. */
export function HelperForm({ helper }: { helper: ListedPeople['helpers'][number] | null }): ReactElement {
  const { t } = useWords()
  const [typed, setTyped] = useState<Omit<ListedPeople['helpers'][number], 'id' | 'revision'>>(
    helper ?? EMPTY,
  )
  const { busy, send, note } = useSending()
  const set = (changed: Partial<typeof typed>) => setTyped({ ...typed, ...changed })
  return (
    <form
      className="person-form"
      onSubmit={(event) => {
        event.preventDefault()
        const { role, name, contact, channel, hours, language, risk } = typed
        const body = { role, name, contact, channel, hours, language, risk }
        void send(async () => {
          if (helper) {
            const { id, revision } = helper
            await call(consentOperations.describeHelper, { params: { id }, body: { ...body, revision } })
          } else {
            await call(consentOperations.addHelper, { body })
            setTyped(EMPTY)
          }
        })
      }}
    >
      <div className="fields">
        <TextField label={t('person.name')} value={typed.name} onChange={(name) => set({ name })} />
        <ChoiceField
          label={t('helper.role')}
          list="helper-roles"
          keys={HELPER_ROLES}
          value={typed.role}
          onChange={(role) => set({ role })}
        />
        <TextField
          label={t('person.language')}
          value={typed.language}
          onChange={(language) => set({ language })}
        />
        <TextField
          label={t('person.contact')}
          value={typed.contact}
          onChange={(contact) => set({ contact })}
        />
        <TextField
          label={t('person.channel')}
          value={typed.channel}
          onChange={(channel) => set({ channel })}
        />
        <TextField label={t('person.hours')} value={typed.hours} onChange={(hours) => set({ hours })} />
      </div>
      <TextField
        label={t('person.risk')}
        value={typed.risk}
        onChange={(risk) => set({ risk })}
        rows={2}
        hint={t('helper.riskHint')}
      />
      <button type="submit" disabled={busy || typed.name.trim() === ''}>
        {t('action.save')}
      </button>
      {note}
    </form>
  )
}
