import { type ReactElement, useState } from 'react'
import { ConflictSign } from '../../display/small-marks.tsx'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import type { ConflictView, EntryView, StatementView } from '../../statements/view-shapes.ts'
import { useWords } from '../language.tsx'
import type { Words } from '../words/en.ts'
import { AspectName } from './aspect-name.tsx'
import { Origins } from './beside.tsx'
import { ChainLine } from './chain.tsx'
import { DateText } from './date-text.tsx'
import { useSending } from './form.tsx'
import { LevelMark } from './guards.tsx'
import { titleIn } from './matter-title.tsx'
import { EntryValue } from './value.tsx'
import { WordsLink } from './words-link.tsx'

export type Account = MatterPageView['accounts'][number]

export interface Column {
  readonly key: string
  readonly word: keyof Words
  readonly groups: readonly string[]
}

const COLUMNS: readonly Column[] = [
  { key: 'state', word: 'group.state', groups: ['state'] },
  { key: 'nhri', word: 'group.nhri', groups: ['nhri'] },
  { key: 'abroad', word: 'group.abroad', groups: ['un', 'igo', 'other-state'] },
  { key: 'civil', word: 'group.civil', groups: ['civil-society'] },
  { key: 'witness', word: 'group.witness', groups: ['witness'] },
  { key: 'press', word: 'group.press', groups: ['press'] },
  { key: 'ours', word: 'group.ours', groups: ['ours'] },
  { key: 'unknown', word: 'group.unknown', groups: ['unknown'] },
]

/** The columns in which something stands; absence in a column that others fill is drawn, an empty column is not. */
export function columnsOf(page: MatterPageView): Column[] {
  const present = new Set(page.groups)
  return COLUMNS.map((column) => ({
    ...column,
    groups: column.groups.filter((group) => present.has(group)),
  })).filter(({ groups }) => groups.length > 0)
}

interface Placed {
  readonly statement: StatementView
  readonly entry: EntryView
}

/** Entries of a cell that are shown at first. */
const FEW = 4

/** One aspect: a cell for each side, and under it a bracket for what cannot both hold. */
export function AccountRow({
  account,
  page,
  columns,
  onMore,
  onOpen,
  opened,
}: {
  account: Account
  page: MatterPageView
  columns: readonly Column[]
  onMore: (account: Account) => Promise<void>
  onOpen: (statement: string) => void
  opened: string | null
}): ReactElement {
  const { t } = useWords()
  const conflicts = page.conflicts.filter((one) => one.aspect === account.aspect)
  const conflictOf = new Map(conflicts.flatMap((one) => one.statements.map((id) => [id, one.id] as const)))
  const entries = account.entries.flatMap(({ statement, n }) => placed(page.statements[statement], n))
  return (
    <tbody className="account">
      <tr id={`aspect-${account.aspect}`}>
        <th scope="row">
          <span>
            <AspectName of={account.aspect} />
          </span>
          {account.definition !== '' && <span className="definition">{account.definition}</span>}
          <Origins n={account.origins} />
          <MoreOf account={account} onMore={onMore} />
        </th>
        {columns.map((column) => (
          <Cell
            key={column.key}
            name={t(column.word)}
            entries={entries.filter(({ statement }) => column.groups.includes(statement.group))}
            conflictOf={conflictOf}
            onOpen={onOpen}
            opened={opened}
          />
        ))}
      </tr>
      {conflicts.map((conflict) => (
        <Bracket key={conflict.id} conflict={conflict} columns={columns} />
      ))}
    </tbody>
  )
}

/** How much of an account is shown, and the way to more. */
export function MoreOf({
  account,
  onMore,
}: {
  account: Account
  onMore: (account: Account) => Promise<void>
}): ReactElement | null {
  const { t, number } = useWords()
  const { busy, send, note } = useSending()
  if (account.next === null) return null
  return (
    <>
      <button type="button" disabled={busy} onClick={() => void send(() => onMore(account))}>
        {t('matter.more', { shown: number(account.entries.length), total: number(account.total) })}
      </button>
      {note}
    </>
  )
}

function placed(statement: StatementView | undefined, n: number): Placed[] {
  const entry = statement?.about[n]
  return statement && entry ? [{ statement, entry }] : []
}

function Cell({
  name,
  entries,
  conflictOf,
  onOpen,
  opened,
}: {
  name: string
  entries: readonly Placed[]
  conflictOf: ReadonlyMap<string, string>
  onOpen: (statement: string) => void
  opened: string | null
}): ReactElement {
  const { t, number } = useWords()
  const [all, setAll] = useState(false)
  const joined = entries.some(({ statement }) => conflictOf.has(statement.id))
  if (entries.length === 0) {
    return (
      <td className="absent" data-side={name}>
        {t('matter.absent')}
      </td>
    )
  }
  const shown = all ? entries : entries.slice(0, FEW)
  return (
    <td className={joined ? 'in-conflict' : ''} data-side={name}>
      {shown.map(({ statement, entry }) => (
        <div key={`${statement.id}#${entry.n}`} className={opened === statement.id ? 'said opened' : 'said'}>
          <button
            type="button"
            className="said-value"
            data-stop={statement.id}
            data-conflict={conflictOf.get(statement.id)}
            onClick={() => onOpen(statement.id)}
          >
            {statement.polarity !== 'affirmed' && <Polarity polarity={statement.polarity} />}
            <PlainValue entry={entry} statement={statement} />
          </button>
          <p className="said-by">
            <ChainLine said={statement} short /> <LevelMark of={statement.id} />{' '}
            {statement.said !== null && <DateText of={statement.said} short />}{' '}
            <WordsLink statement={statement} />
          </p>
          {statement.ambiguity !== null && <p className="ambiguous">{t('statement.ambiguous')}</p>}
        </div>
      ))}
      {entries.length > shown.length && (
        <button type="button" className="more" onClick={() => setAll(true)}>
          {t('matter.all', { n: number(entries.length) })}
        </button>
      )}
    </td>
  )
}

/** Inside a button a value may hold no link: its matter opens from the panel. */
function PlainValue({ entry, statement }: Placed): ReactElement {
  const { language } = useWords()
  const matter = entry.value?.matter ?? null
  const flat =
    matter === null
      ? entry
      : {
          ...entry,
          value: {
            ...entry.value,
            type: 'term' as const,
            text: titleIn(matter, language),
            matter: null,
            date: null,
            quantity: null,
          },
        }
  return <EntryValue entry={flat} quoted={statement.scareQuoted.length > 0} />
}

function Polarity({ polarity }: { polarity: StatementView['polarity'] }): ReactElement {
  const { label } = useWords()
  return <span className={`polarity ${polarity.replace(' ', '-')}`}>{label('polarities', polarity)} </span>
}

/** The joint under the cells that cannot hold together; it passes under cells that are not concerned. */
function Bracket({
  conflict,
  columns,
}: {
  conflict: ConflictView
  columns: readonly Column[]
}): ReactElement {
  const { t } = useWords()
  const concerned = columns.flatMap((column, n) =>
    conflict.groups.some((group) => column.groups.includes(group)) ? [n] : [],
  )
  const from = concerned[0] ?? 0
  const to = concerned.at(-1) ?? from
  const after = columns.length - 1 - to
  return (
    <tr className="bracket-row">
      <td colSpan={1 + from} aria-hidden="true" />
      <td colSpan={to - from + 1} className={from === to ? 'bracket narrow' : 'bracket'}>
        <span className="bracket-line">
          <span className="saw" aria-hidden="true" />
          <span className="bracket-words">
            <ConflictSign /> {t(`conflict.${conflict.by}`)} <span className="mono">{conflict.id}</span>
          </span>
          <span className="saw" aria-hidden="true" />
        </span>
      </td>
      {after > 0 && <td colSpan={after} aria-hidden="true" />}
    </tr>
  )
}
