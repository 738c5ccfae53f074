import { type ReactElement, useId, useState } from 'react'
import { definitionOf } from '../../vocabularies/vocabulary.ts'
import { useWords } from '../language.tsx'
import { KIND_KEYS, type Kind } from './coding-draft.ts'
import { KeyCap } from './key-help.tsx'

/** Every kind of statement with its letter; beneath, what the one pointed at means, or the one chosen. */
export function KindGrid({ kind, onKind }: { kind: Kind; onKind: (kind: Kind) => void }): ReactElement {
  const { t, label, language } = useWords()
  const [pointed, setPointed] = useState<Kind | null>(null)
  const meaning = useId()
  const shown = pointed ?? kind
  return (
    <>
      <fieldset className="kinds" aria-label={t('code.kind')}>
        {Object.entries(KIND_KEYS).map(([key, one]) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === kind}
            aria-describedby={one === shown ? meaning : undefined}
            tabIndex={one === kind ? 0 : -1}
            onPointerEnter={() => setPointed(one)}
            onPointerLeave={() => setPointed(null)}
            onFocus={() => setPointed(one)}
            onBlur={() => setPointed(null)}
            onClick={() => onKind(one)}
          >
            <KeyCap>{key}</KeyCap> {label('statement-kinds', one)}
          </button>
        ))}
      </fieldset>
      <p className="hint kind-meaning" id={meaning}>
        <strong>{label('statement-kinds', shown)}:</strong> {definitionOf('statement-kinds', shown, language)}
      </p>
    </>
  )
}
