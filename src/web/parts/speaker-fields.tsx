import type { ReactElement } from 'react'
import { useWords } from '../language.tsx'
import { type CodingDraft, type Mouth, turnSpeaker } from './coding-draft.ts'
import { TextField } from './form.tsx'
import { GroupField } from './group-field.tsx'
import { type Chosen, MatterField } from './matter-field.tsx'

/** Whose statement it is, and through whom the source has it. */
export function SpeakerFields({
  draft,
  turn,
  onChange,
}: {
  draft: CodingDraft
  turn: string | null
  onChange: (changed: Partial<CodingDraft>) => void
}): ReactElement {
  const { t } = useWords()
  const { speaker, through } = draft
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={speaker === null && !draft.nobody}
          onChange={() => onChange({ speaker: null, nobody: false })}
        />
        {t('code.own')}
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.nobody}
          onChange={() => onChange({ nobody: !draft.nobody, speaker: null })}
        />
        {t('code.nobody')}
      </label>
      {turn !== null && (
        <label className="check">
          <input
            type="checkbox"
            checked={speaker?.turn === true && speaker.name === turn}
            onChange={() => onChange({ nobody: false, speaker: turnSpeaker(turn) })}
          />
          {t('code.turn', { name: turn })}
        </label>
      )}
      <MatterField
        label={t('code.speaker')}
        name={speaker?.name ?? ''}
        makes
        onChoose={(chosen) =>
          onChange({ nobody: false, speaker: chosen === null ? null : mouthOf(chosen, speaker) })
        }
      />
      {speaker && (
        <>
          <GroupField
            group={speaker.group}
            onGroup={(group) => onChange({ speaker: { ...speaker, group } })}
          />
          <TextField
            label={t('code.as')}
            value={speaker.as}
            onChange={(as) => onChange({ speaker: { ...speaker, as } })}
          />
          <MatterField
            label={t('code.through')}
            name={through?.name ?? ''}
            makes
            onChoose={(chosen) => onChange({ through: chosen === null ? null : mouthOf(chosen, through) })}
          />
          {through && (
            <GroupField
              group={through.group}
              onGroup={(group) => onChange({ through: { ...through, group } })}
            />
          )}
        </>
      )}
    </>
  )
}

function mouthOf(chosen: Chosen, before: Mouth | null): Mouth {
  return { ...chosen, group: before?.group ?? 'state', as: before?.as ?? '' }
}
