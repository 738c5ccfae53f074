import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from 'react'
import { matterOperations } from '../../matters/contract.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'

export interface Chosen {
  /** Null: a new matter by this name. */
  readonly id: string | null
  readonly key: string | null
  readonly name: string
  readonly kind: string
}

/** Type-ahead over all spellings in three scripts; ↓ ↑ move, ↵ or ⇥ takes. What is not there can be made. */
export function MatterField({
  label,
  name,
  onChoose,
  makes = false,
  autoFocus = false,
}: {
  label: string
  name: string
  onChoose: (chosen: Chosen) => void
  makes?: boolean
  autoFocus?: boolean
}): ReactElement {
  const { t, label: word } = useWords()
  const id = useId()
  const [typed, setTyped] = useState(name)
  const [offered, setOffered] = useState<Chosen[]>([])
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState(false)
  useEffect(() => setTyped(name), [name])
  useEffect(() => {
    if (!open || typed.trim() === '') {
      setOffered([])
      return
    }
    let current = true
    call(matterOperations.mattersLike, { query: { typed } }).then(
      ({ matters }) => {
        if (!current) return
        const folded = typed.trim().toLowerCase()
        // A name that begins with what was typed is most often meant.
        const ranked = [...matters].sort(
          (a, b) =>
            Number(b.name.toLowerCase().startsWith(folded)) - Number(a.name.toLowerCase().startsWith(folded)),
        )
        setOffered(ranked)
        setAt(0)
      },
      () => current && setOffered([]),
    )
    return () => {
      current = false
    }
  }, [typed, open])
  const isNew =
    makes &&
    typed.trim() !== '' &&
    !offered.some((one) => one.name.toLowerCase() === typed.trim().toLowerCase())
  const options: Chosen[] = isNew
    ? [...offered, { id: null, key: null, name: typed.trim(), kind: '' }]
    : offered
  const take = (chosen: Chosen | undefined) => {
    if (!chosen) return
    setTyped(chosen.name)
    setOpen(false)
    onChoose(chosen)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || options.length === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setAt((at + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length)
      event.preventDefault()
    } else if ((event.key === 'Enter' && !event.ctrlKey && !event.shiftKey) || event.key === 'Tab') {
      take(options[at])
      if (event.key === 'Enter') event.preventDefault()
    } else if (event.key === 'Escape') {
      setOpen(false)
      event.stopPropagation()
    }
  }
  return (
    <div className="field matter-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        role="combobox"
        aria-expanded={open && options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && options[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        value={typed}
        // biome-ignore lint/a11y/noAutofocus: the palette is opened by a key, and the next thing typed belongs here
        autoFocus={autoFocus}
        onChange={({ target }) => {
          setTyped(target.value)
          setOpen(true)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {open && options.length > 0 && (
        <div id={`${id}-list`} role="listbox" className="offered" tabIndex={-1} aria-label={label}>
          {options.map((one, n) => (
            <div
              key={one.id ?? 'new'}
              id={`${id}-${n}`}
              role="option"
              tabIndex={-1}
              aria-selected={n === at}
              onMouseDown={(event) => {
                event.preventDefault()
                take(one)
              }}
            >
              {one.name}{' '}
              <span className="aside">
                {one.id === null ? t('matter.new') : word('matter-kinds', one.kind)}
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
