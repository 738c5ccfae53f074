import { type ReactElement, useState } from 'react'
import { consentOperations } from '../../protection/consent-contract.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { PickField } from './choice.tsx'
import { Fold, TextField, useSending } from './form.tsx'
import { MatterPick } from './matter-pick.tsx'
import type { PersonPage } from './person-shapes.ts'

/** How somebody is reached without harm, what they fear, and who they are, folded away from whoever looks over a shoulder. */
export function PersonFacts({ page }: { page: PersonPage }): ReactElement {
  const { t } = useWords()
  const { person, helpers } = page
  const [typed, setTyped] = useState(person)
  const { busy, send, note } = useSending()
  const set = (changed: Partial<typeof person>) => setTyped({ ...typed, ...changed })
  const identity = typed.identity ?? { name: '', contact: '' }
  return (
    <form
      className="person-form"
      onSubmit={(event) => {
        event.preventDefault()
        const { pseudonym: _, ...about } = typed
        const body = { ...about, revision: page.revision }
        void send(() => call(consentOperations.describeInterlocutor, { params: { id: page.id }, body }))
      }}
    >
      <TextField label={t('person.channel')} value={typed.channel} onChange={(channel) => set({ channel })} />
      <TextField label={t('person.hours')} value={typed.hours} onChange={(hours) => set({ hours })} />
      <TextField
        label={t('person.language')}
        value={typed.language}
        onChange={(language) => set({ language })}
      />
      <PickField
        label={t('person.interpreter')}
        none={t('person.noInterpreter')}
        of={helpers}
        value={typed.interpreter}
        onChange={(interpreter) => set({ interpreter })}
      />
      <TextField
        label={t('person.risk')}
        value={typed.risk}
        onChange={(risk) => set({ risk })}
        rows={4}
        hint={t('person.riskHint')}
      />
      <Fold title={t('person.identity')}>
        <p className="hint">{t('person.identityHint')}</p>
        <TextField
          label={t('person.name')}
          value={identity.name}
          onChange={(name) => set({ identity: { ...identity, name } })}
        />
        <TextField
          label={t('person.contact')}
          value={identity.contact}
          onChange={(contact) => set({ identity: { ...identity, contact } })}
          rows={2}
        />
        <MatterPick value={typed.matter} onChange={(matter) => set({ matter })} />
      </Fold>
      <button type="submit" disabled={busy || typed === person}>
        {t('action.save')}
      </button>
      {note}
    </form>
  )
}
