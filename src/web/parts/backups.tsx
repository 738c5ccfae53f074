import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import { backupOperations } from '../../ledger/backups-contract.ts'
import { call, useAnswer } from '../api.ts'
import { useWords } from '../language.tsx'
import { CountField } from './choice-field.tsx'
import { Field, TextField, useSending } from './form.tsx'
import { Loading, Nothing, RefusedNote } from './states.tsx'

type Answer = z.output<(typeof backupOperations)['backups']['answer']>

/** Backups that are made by themselves: when, where, for whom they are encrypted, how the last one went. */
export function Backups(): ReactElement {
  const { value, refused, waiting } = useAnswer(backupOperations.backups, {})
  if (refused) return <RefusedNote refused={refused} />
  if (waiting || !value) return <Loading />
  return (
    <>
      <Last answer={value} />
      <Plan key={JSON.stringify(value.plan)} plan={value.plan} />
    </>
  )
}

function Last({ answer: { plan, last, files } }: { answer: Answer }): ReactElement {
  const { t, number, moment } = useWords()
  const { busy, send, note } = useSending()
  return (
    <section className="panel">
      <h2>{t('backup.last')}</h2>
      {last === null && <Nothing>{t('backup.none')}</Nothing>}
      {last?.ok && (
        <p role="status">
          {t('backup.good', { at: moment(last.at), size: number(Math.ceil(last.bytes / 1024 / 1024)) })}
        </p>
      )}
      {last && !last.ok && (
        <p className="refused" role="alert">
          {t('backup.failed', { at: moment(last.at) })} {last.sentence}
        </p>
      )}
      {last && last.unreached.length > 0 && (
        <p>{t('backup.unreached', { places: last.unreached.join(', ') })}</p>
      )}
      {files.length > 0 && (
        <ul className="list mono">
          {files.map(({ name, bytes }) => (
            <li key={name} className="row">
              <span className="breaking">{name}</span>
              <span className="row-end">
                {t('backup.size', { size: number(Math.ceil(bytes / 1024 / 1024)) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="buttons">
        <button
          type="button"
          disabled={busy || plan.recipients.length === 0 || plan.folder === ''}
          onClick={() => void send(() => call(backupOperations.backUpNow))}
        >
          {busy ? t('backup.busy') : t('backup.now')}
        </button>
      </p>
      {note}
      <p className="hint">{t('backup.drill')}</p>
    </section>
  )
}

function Plan({ plan }: { plan: Answer['plan'] }): ReactElement {
  const { t } = useWords()
  const [on, setOn] = useState(plan.on)
  const [folder, setFolder] = useState(plan.folder)
  const [at, setAt] = useState(plan.at)
  const [recipients, setRecipients] = useState(plan.recipients.join('\n'))
  const [keep, setKeep] = useState(plan.keep)
  const { busy, send, note } = useSending()
  const lines = recipients
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault()
        const body = { on, folder: folder.trim(), at, recipients: lines, keep }
        void send(() => call(backupOperations.setBackupPlan, { body }))
      }}
    >
      <h2>{t('backup.plan')}</h2>
      <label className="check">
        <input type="checkbox" checked={on} onChange={({ target }) => setOn(target.checked)} />
        {t('backup.on')}
      </label>
      <Field label={t('backup.at')}>
        {(id) => <input id={id} type="time" value={at} onChange={({ target }) => setAt(target.value)} />}
      </Field>
      <TextField
        label={t('backup.folder')}
        value={folder}
        onChange={setFolder}
        hint={t('backup.folderHint')}
      />
      <TextField
        label={t('backup.recipients')}
        value={recipients}
        onChange={setRecipients}
        rows={3}
        hint={t('backup.recipientsHint')}
      />
      <div className="fields">
        {(['daily', 'weekly', 'monthly'] as const).map((one) => (
          <CountField
            key={one}
            label={t(`keep.${one}`)}
            value={keep[one]}
            onChange={(n) => setKeep({ ...keep, [one]: n ?? 0 })}
          />
        ))}
      </div>
      <p className="buttons">
        <button type="submit" className="primary" disabled={busy}>
          {t('backup.save')}
        </button>
      </p>
      {note}
    </form>
  )
}
