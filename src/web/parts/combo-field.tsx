import {
  createContext,
  type KeyboardEvent,
  type ReactElement,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { type Trouble, useTrouble } from './trouble.ts'
import { TroubleNote } from './trouble-note.tsx'

/** The offer that makes what is not there; its name is what was typed. */
export const NEW = 'new'

/** Told of every field in which something was asked for that is not there yet; whoever records waits for it. */
export const WaitingContext = createContext((_field: string, _waits: boolean): void => undefined)

export interface Offer {
  readonly key: string
  readonly name: string
  readonly aside: string
}

/**
 * A field that offers as one types; ↓ ↑ move, ↵ or ⇥ takes. `ready` is false while offers for what is typed are still
 * under way: who types fast and presses ⇥ gets the first of them when they arrive, and never a half-typed name.
 */
export function ComboField({
  label,
  text,
  offers,
  ready = true,
  hint,
  trouble = null,
  autoFocus = false,
  onText,
  onTake,
}: {
  label: string
  text: string
  offers: readonly Offer[]
  ready?: boolean
  hint?: string
  trouble?: Trouble | null
  autoFocus?: boolean
  onText: (text: string) => void
  onTake: (offer: Offer) => void
}): ReactElement {
  const id = useId()
  const marks = useTrouble(trouble, id)
  const [open, setOpen] = useState(false)
  const [moved, setMoved] = useState<number | null>(null)
  /** What was asked for before the offers were there: the first of them, or what stands in the field. */
  const wanted = useRef<'first' | 'literal' | null>(null)
  // Of an empty field nothing is taken unless somebody moved to it: ⇥ goes through.
  const at = moved ?? (text.trim() === '' ? -1 : 0)
  const shown = open && offers.length > 0
  const tell = useContext(WaitingContext)
  const want = (what: 'first' | 'literal' | null) => {
    wanted.current = what
    tell(label, what !== null)
  }
  const take = (offer: Offer | undefined) => {
    want(null)
    setOpen(false)
    setMoved(null)
    if (offer) onTake(offer)
  }
  const literal = () =>
    offers.find((one) => one.name.toLowerCase() === text.trim().toLowerCase()) ??
    offers.find((one) => one.key === NEW)
  const leave = () => {
    if (!open) return
    setOpen(false)
    if (text.trim() === '' || wanted.current !== null) return
    if (ready) take(literal())
    else want('literal')
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for is taken once, when it is there
  useEffect(() => {
    if (!ready || wanted.current === null) return
    take(wanted.current === 'first' ? offers[0] : literal())
  }, [ready, offers])
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      setOpen(true)
      if (offers.length > 0)
        setMoved(Math.max(0, (at + (key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length))
      event.preventDefault()
    } else if (key === 'Escape' && shown) {
      setOpen(false)
      event.stopPropagation()
      event.nativeEvent.stopImmediatePropagation()
    } else if (key === 'Enter' && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      // Whoever records from within the field has left it: what stands in it is taken first, at once.
      flushSync(() => (moved === null ? leave() : take(offers[moved])))
    } else if (key === 'Enter' || key === 'Tab') {
      if (!open || event.shiftKey) return
      if (key === 'Enter') event.preventDefault()
      if (text.trim() !== '' && !ready) want('first')
      // At once, so that ⇥ goes on to a field that what was taken has brought, not to one that it removes.
      else flushSync(() => take(offers[at]))
    }
  }
  return (
    <div className="field matter-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        role="combobox"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        {...marks}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the palette is opened by a key, and the next thing typed belongs here
        autoFocus={autoFocus}
        onChange={({ target }) => {
          want(null)
          setMoved(null)
          setOpen(true)
          onText(target.value)
        }}
        // What stands from the statement before is replaced by the first letter typed.
        onFocus={({ target }) => target.select()}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <div id={`${id}-list`} role="listbox" className="offered" tabIndex={-1} aria-label={label}>
          {offers.map((one, n) => (
            <div
              key={one.key}
              id={`${id}-${n}`}
              role="option"
              tabIndex={-1}
              aria-selected={n === at}
              onMouseDown={(event) => {
                event.preventDefault()
                take(one)
              }}
            >
              {one.name} <span className="aside">{one.aside}</span>
            </div>
          ))}
        </div>
      )}
      <TroubleNote of={trouble} id={id} />
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  )
}
