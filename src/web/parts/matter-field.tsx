import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { matterOperations } from '../../matters/contract.ts'
import type { Language } from '../../vocabularies/vocabulary.ts'
import { call } from '../api.ts'
import { useWords } from '../language.tsx'
import { ComboField, NEW } from './combo-field.tsx'
import { freshKey } from './fresh-key.ts'
import { titleIn } from './matter-title.tsx'
import type { Trouble } from './trouble.ts'

export interface Chosen {
  /** Null: a new matter by this name. */
  readonly id: string | null
  readonly key: string | null
  readonly name: string
  readonly kind: string
  /** By language; none for a new matter. */
  readonly titles?: Readonly<Record<string, string>>
}

/** Type-ahead over all spellings in three scripts. What is not there can be made. */
export function MatterField({
  label,
  name,
  onChoose,
  onTyping = () => undefined,
  makes = false,
  autoFocus = false,
  trouble = null,
}: {
  label: string
  name: string
  /** Null when the field is emptied. */
  onChoose: (chosen: Chosen | null) => void
  /** Another matter than the one that stands here is being typed. */
  onTyping?: () => void
  makes?: boolean
  autoFocus?: boolean
  trouble?: Trouble | null
}): ReactElement {
  const { t, label: word, language } = useWords()
  const [typed, setTyped] = useState(name)
  const [answer, setAnswer] = useState<{ of: string; matters: Chosen[] }>({ of: name.trim(), matters: [] })
  const wanted = typed.trim()
  const typing = useRef(false)
  useEffect(() => {
    // That the one before was let go while another is typed says nothing of what is typed.
    if (typing.current && name === '') return
    typing.current = false
    setTyped(name)
  }, [name])
  useEffect(() => {
    if (wanted === '' || wanted === name.trim()) {
      setAnswer({ of: wanted, matters: [] })
      return
    }
    let current = true
    call(matterOperations.mattersLike, { query: { typed: wanted } }).then(
      ({ matters }) => current && setAnswer({ of: wanted, matters: ranked(matters, wanted) }),
      () => current && setAnswer({ of: wanted, matters: [] }),
    )
    return () => {
      current = false
    }
  }, [wanted, name])
  const options = useMemo((): Chosen[] => {
    const folded = wanted.toLowerCase()
    const isNew = makes && wanted !== '' && !answer.matters.some((one) => one.name.toLowerCase() === folded)
    return isNew ? [...answer.matters, { id: null, key: null, name: wanted, kind: '' }] : answer.matters
  }, [answer, wanted, makes])
  return (
    <ComboField
      label={label}
      text={typed}
      autoFocus={autoFocus}
      trouble={trouble}
      ready={answer.of === wanted}
      offers={options.map((one) => ({
        key: one.id ?? NEW,
        name: one.name,
        aside: one.id === null ? t('matter.new') : asideOf(one, word('matter-kinds', one.kind), language),
      }))}
      onText={(text) => {
        typing.current = true
        setTyped(text)
        onTyping()
        if (text.trim() === '') onChoose(null)
      }}
      onTake={({ key }) => {
        const chosen = options.find((one) => (one.id ?? NEW) === key)
        if (!chosen) return
        setTyped(chosen.name)
        // One key from here on: the next statement about it is about the same, not about another of that name.
        onChoose(chosen.id === null ? { ...chosen, key: freshKey(chosen.name) } : chosen)
      }}
    />
  )
}

/** Beside the title under which a matter is coded, its kind, and its title in the language of the interface. */
function asideOf({ name, titles = {} }: Chosen, kind: string, language: Language): string {
  const title = titleIn({ name, titles }, language)
  return title === name ? kind : `${title} · ${kind}`
}

/** A name that begins with what was typed is most often meant, then one in which a word does. */
function ranked(matters: readonly Chosen[], typed: string): Chosen[] {
  const folded = typed.toLowerCase()
  const rank = ({ name }: Chosen) => {
    const low = name.toLowerCase()
    return low.startsWith(folded) ? 0 : low.includes(` ${folded}`) ? 1 : 2
  }
  return [...matters].sort((a, b) => rank(a) - rank(b))
}
