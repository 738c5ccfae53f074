import { type ReactElement, useMemo } from 'react'
import { useWords } from '../language.tsx'
import type { KnownAspect } from './coding-draft.ts'
import { ComboField, NEW } from './combo-field.tsx'
import type { Trouble } from './trouble.ts'

/** The aspects of this kind of matter, by the beginning of their name or of what they are called here; one that nobody has used yet can be made. */
export function AspectField({
  typed,
  aspects,
  ready,
  trouble,
  onChange,
}: {
  typed: string
  aspects: readonly KnownAspect[]
  /** False while nobody knows yet of what kind the matter is. */
  ready: boolean
  trouble: Trouble | null
  onChange: (name: string, known: KnownAspect | undefined) => void
}): ReactElement {
  const { t, aspect } = useWords()
  const wanted = typed.trim()
  const known = aspects.find((one) => one.name === wanted)
  const offers = useMemo(() => {
    const folded = wanted.toLowerCase()
    const found = aspects
      .filter(({ name }) => [name, aspect(name)].some((one) => one.toLowerCase().includes(folded)))
      .sort((a, b) => rank(a.name, folded) - rank(b.name, folded) || a.name.localeCompare(b.name))
      .map(({ name, valueType }) => {
        const called = aspect(name)
        const type = t(`type.${valueType}`)
        return { key: `=${name}`, name, aside: called === name ? type : `${called}, ${type}` }
      })
    const isNew = wanted !== '' && !aspects.some(({ name }) => name.toLowerCase() === folded)
    return isNew ? [...found, { key: NEW, name: wanted, aside: t('matter.new') }] : found
  }, [aspects, wanted, t, aspect])
  return (
    <ComboField
      label={t('code.aspect')}
      text={typed}
      offers={offers}
      ready={ready}
      trouble={trouble}
      hint={known && known.definition !== '' ? known.definition : t('code.aspectHint')}
      onText={(text) =>
        onChange(
          text,
          aspects.find(({ name }) => name === text.trim()),
        )
      }
      onTake={({ name }) =>
        onChange(
          name,
          aspects.find((one) => one.name === name),
        )
      }
    />
  )
}

function rank(name: string, folded: string): number {
  const low = name.toLowerCase()
  return low === folded ? 0 : low.startsWith(folded) ? 1 : 2
}
