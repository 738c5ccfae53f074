import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'
import { KIND_KEYS, type Kind } from './coding-draft.ts'
import { KeyCap } from './key-help.tsx'

/** Every kind of statement with its letter. */
export function KindGrid({ kind, onKind }: { kind: Kind; onKind: (kind: Kind) => void }): ReactElement {
  const { t, label } = useWords()
  return (
    <fieldset className="kinds" aria-label={t('code.kind')}>
      {Object.entries(KIND_KEYS).map(([key, one]) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === kind}
          tabIndex={one === kind ? 0 : -1}
          onClick={() => onKind(one)}
        >
          <KeyCap>{key}</KeyCap> {label('statement-kinds', one)}
        </button>
      ))}
    </fieldset>
  )
}
