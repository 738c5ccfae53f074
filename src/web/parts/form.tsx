import { Fragment, type ReactElement, type ReactNode, useId, useRef, useState } from 'react'
import { Refused } from '../api.ts'
import { useWords } from '../language.tsx'
import { RefusedNote } from './states.tsx'
import { type Trouble, useTrouble } from './trouble.ts'
import { TroubleNote } from './trouble-note.tsx'

/** A label over its control; `hint` is read out with it, and so is what is wrong with what stands there. */
export function Field({
  label,
  hint,
  trouble = null,
  children,
}: {
  label: string
  hint?: string
  trouble?: Trouble | null
  children: (id: string, marks: ReturnType<typeof useTrouble>) => ReactNode
}): ReactElement {
  const id = useId()
  const marks = useTrouble(trouble, id)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id, marks)}
      <TroubleNote of={trouble} id={id} />
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  )
}

export function TextField({
  label,
  value,
  onChange,
  hint,
  rows,
  trouble = null,
  type = 'text',
  inputMode,
  ...of
}: {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  rows?: number
  trouble?: Trouble | null
  onBlur?: () => void
  list?: string
  autoFocus?: boolean
  placeholder?: string
  type?: 'text' | 'password'
  autoComplete?: string
  inputMode?: 'numeric'
  name?: string
}): ReactElement {
  return (
    <Field label={label} trouble={trouble} {...(hint === undefined ? {} : { hint })}>
      {(id, marks) =>
        rows === undefined ? (
          <input
            id={id}
            value={value}
            type={type}
            inputMode={inputMode}
            onChange={({ target }) => onChange(target.value)}
            {...marks}
            {...of}
          />
        ) : (
          <textarea
            id={id}
            value={value}
            rows={rows}
            onChange={({ target }) => onChange(target.value)}
            {...marks}
            {...of}
          />
        )
      }
    </Field>
  )
}

/** A form that sends once: disabled while it works, and a refusal stands in place. */
export function useSending(): {
  busy: boolean
  refused: Refused | null
  send: (work: () => Promise<unknown>) => Promise<boolean>
  note: ReactElement | null
} {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const send = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true)
    setRefused(null)
    try {
      await work()
      return true
    } catch (error) {
      setRefused(error instanceof Refused ? error : new Refused('machine_failed', String(error)))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, refused, send, note: refused ? <RefusedNote refused={refused} /> : null }
}

/** Opens and closes a part of a page that is not needed all day. */
export function Fold({
  title,
  children,
  open = false,
}: {
  title: ReactNode
  children: ReactNode
  open?: boolean
}): ReactElement {
  return (
    <details className="fold" open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

/** The same round a form for something new: once that was recorded it is empty and folded, and the focus is on its title. */
export function FoldedForm({
  title,
  children,
}: {
  title: ReactNode
  children: (recorded: () => void) => ReactNode
}): ReactElement {
  const details = useRef<HTMLDetailsElement>(null)
  const [round, setRound] = useState(0)
  const recorded = () => {
    if (details.current) details.current.open = false
    details.current?.querySelector('summary')?.focus()
    setRound(round + 1)
  }
  return (
    <details className="fold" ref={details}>
      <summary>{title}</summary>
      <Fragment key={round}>{children(recorded)}</Fragment>
    </details>
  )
}

/** Asks for a reason before something is decided: the reason stays on record. */
export function DecideForm({
  accept,
  reject,
  onDecide,
}: {
  accept: string
  reject: string
  onDecide: (accepted: boolean, reason: string) => Promise<unknown>
}): ReactElement {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { busy, send, note } = useSending()
  const decide = (accepted: boolean) => void send(() => onDecide(accepted, reason))
  return (
    <div className="decide">
      <TextField label={t('decide.reason')} value={reason} onChange={setReason} rows={2} />
      <p className="buttons">
        <button type="button" disabled={busy} onClick={() => decide(true)}>
          {accept}
        </button>
        <button type="button" disabled={busy} onClick={() => decide(false)}>
          {reject}
        </button>
      </p>
      {note}
    </div>
  )
}
