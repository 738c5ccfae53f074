import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import { DoorMark } from '../display/door-mark.tsx'
import { HouseMark } from '../display/small-marks.tsx'
import { NO_DOSSIER, useHere } from './house.tsx'
import { isTyping, useKeys } from './keys.ts'
import { useWords } from './language.tsx'
import { useOpenedCase } from './open-case.ts'
import { CaseBar } from './parts/case-bar.tsx'
import { KeyCap, KeyHelp } from './parts/key-help.tsx'
import { Link } from './parts/link.tsx'
import { TourStrip } from './parts/tour-strip.tsx'
import { go, goBack, paths } from './router.ts'
import type { Words } from './words/en.ts'

/** The doors in the order of the day's work; the letter opens one after `g`. */
const DOORS: readonly { door: string; key: string; word: keyof Words; to: (slug: string) => string }[] = [
  { door: 'desk', key: 'd', word: 'door.desk', to: paths.desk },
  { door: 'sources', key: 'r', word: 'door.sources', to: paths.sources },
  { door: 'matters', key: 'm', word: 'door.matters', to: paths.matters },
  { door: 'timeline', key: 't', word: 'door.timeline', to: paths.timeline },
  { door: 'cases', key: 'c', word: 'door.cases', to: paths.cases },
  { door: 'search', key: 's', word: 'door.search', to: (slug) => paths.search(slug) },
  { door: 'notes', key: 'n', word: 'door.notes', to: (slug) => paths.notes(slug) },
  { door: 'consent', key: 'p', word: 'door.consent', to: paths.consent },
  { door: 'history', key: 'h', word: 'door.history', to: paths.history },
  { door: 'ledger', key: 'l', word: 'door.ledger', to: paths.ledger },
]
const PEOPLE = { door: 'people', key: 'w', word: 'door.people', to: paths.people } as const
const AUDIT = { door: 'audit', key: 'v', word: 'audit.title', to: () => paths.audit() } as const
const PROTECTION = {
  door: 'protection',
  key: 'e',
  word: 'door.protection',
  to: (slug: string) => paths.protection(slug),
} as const
const ACCOUNT = { door: 'account', key: 'y', word: 'door.account', to: paths.account } as const
/** Those that fit the bottom bar of a narrow screen; the others are under "more" on the settings page. */
const NARROW = new Set(['desk', 'sources', 'matters', 'search'])
const NARROW_BARE = new Set(['people', 'ledger', 'protection', 'account'])
/** After `g` a door's letter is awaited so long. Milliseconds. */
const DOOR_WITHIN = 1500
const WITHIN: Record<string, string> = {
  source: 'sources',
  add: 'sources',
  matter: 'matters',
  record: 'history',
  interlocutor: 'consent',
  talk: 'consent',
}

export function Frame({
  door,
  place,
  children,
}: {
  door: string
  /** Changes with the page; not with what is asked of it. */
  place: string
  children: ReactNode
}): ReactElement {
  const { t } = useWords()
  const { house, slug: here } = useHere()
  const slug = here === NO_DOSSIER.slug ? (house.dossiers[0]?.slug ?? here) : here
  const [help, setHelp] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const awaitingDoor = useRef(0)
  const current = WITHIN[door] ?? door
  const opened = useOpenedCase()
  const { cleared, alone } = house
  const doors = cleared
    ? alone
      ? DOORS
      : [...DOORS, PEOPLE]
    : [PEOPLE, ...DOORS.filter((one) => one.door === 'ledger'), AUDIT, PROTECTION, ACCOUNT]
  const narrow = cleared ? NARROW : NARROW_BARE
  const onKey = (key: string, event: KeyboardEvent): boolean => {
    // The sheet of keys is a dialog: it closes itself, and nothing under it moves.
    if (help) return false
    if (key === 'Escape') {
      if (!isTyping(event.target)) return goBack()
      if (event.target instanceof HTMLElement) event.target.blur()
      return true
    }
    if (key === '/') {
      const field = search.current
      if (!cleared) return false
      if (field?.offsetParent == null) go(paths.search(slug))
      else field.focus()
      return true
    }
    if (key === 'j' || key === 'k') return moveInList(key === 'j' ? 1 : -1)
    if (key === '?') {
      setHelp(true)
      return true
    }
    const wanted = doors.find((one) => one.key === key)
    if (wanted && Date.now() - awaitingDoor.current < DOOR_WITHIN) {
      awaitingDoor.current = 0
      go(wanted.to(slug))
      return true
    }
    if (key === 'g' && !event.shiftKey) {
      awaitingDoor.current = Date.now()
      return true
    }
    return false
  }
  useKeys(onKey, { outer: true })
  useFocusOnArrival(place)
  useEffect(() => {
    const found = [...DOORS, PEOPLE, AUDIT, PROTECTION, ACCOUNT].find((one) => one.door === current)
    const inCase = opened === null ? '' : `${opened.code} · `
    document.title = `${inCase}${found ? `${t(found.word)} · ` : ''}Rapporteur`
  }, [current, opened, t])
  return (
    <div className={opened === null ? 'frame' : 'frame in-case'}>
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <CaseBar />
      <header className="bar">
        <Link to={cleared ? paths.desk(slug) : paths.people(slug)} className="house-name">
          <HouseMark /> <span className="house-word">Rapporteur</span>
        </Link>
        {cleared && house.dossiers.length > 0 && <DossierSwitch />}
        <nav className="doors" aria-label={t('frame.doors')}>
          {doors.map(({ door: one, word, to }) => (
            <Link
              key={one}
              to={to(slug)}
              className={narrow.has(one) ? 'door' : 'door wide-only'}
              current={one === current}
            >
              {narrow.has(one) && <DoorMark door={one} />}
              {one === 'account' ? <AccountWord /> : t(word)}
            </Link>
          ))}
          <Link to={paths.settings(slug)} className="door narrow-only" current={!narrow.has(current)}>
            <DoorMark door="more" />
            {t('door.more')}
          </Link>
        </nav>
        {cleared && (
          <search>
            <form
              className="find"
              onSubmit={(event) => {
                event.preventDefault()
                go(paths.search(slug, search.current?.value ?? ''))
              }}
            >
              <KeyCap>/</KeyCap>
              <input
                ref={search}
                type="search"
                aria-label={t('frame.search')}
                placeholder={t('frame.search')}
              />
            </form>
          </search>
        )}
        <Link to={paths.settings(slug)} className="settings-link wide-only" current={current === 'settings'}>
          {t('door.settings')}
        </Link>
      </header>
      {house.tour.length > 0 && <TourStrip steps={house.tour} />}
      <main id="main" tabIndex={-1}>
        {!cleared && <p className="no-content">{t('people.noContent')}</p>}
        {children}
      </main>
      <FootLine />
      {help && <KeyHelp onClose={() => setHelp(false)} doors={doors} />}
    </div>
  )
}

/** In the bottom bar of a narrow screen there is room for one word. */
function AccountWord(): ReactElement {
  const { t } = useWords()
  return (
    <>
      <span className="wide-only">{t('door.account')}</span>
      <span className="narrow-only">{t('door.accountShort')}</span>
    </>
  )
}

/** What stands one below the other on a page and can be opened; pages that move in their own way take the key first. */
const IN_LIST = '.row > a:first-of-type, .docket summary, .tension a:first-of-type, a.hit, a.point'

function moveInList(step: 1 | -1): boolean {
  // Not those in a part that is folded.
  const stops = [...document.querySelectorAll(`main :is(${IN_LIST})`)].filter((one) => one.checkVisibility())
  const held = document.activeElement
  const at = held === null ? -1 : stops.indexOf(held)
  const next = step === 1 ? (stops[at + 1] ?? stops[0]) : stops[at <= 0 ? stops.length - 1 : at - 1]
  if (next instanceof HTMLElement) next.focus()
  return next !== undefined
}

/** Whoever goes through a door by keyboard goes on from the top of the page, not from the address bar. */
function useFocusOnArrival(place: string): void {
  const before = useRef(place)
  useEffect(() => {
    if (before.current === place) return
    before.current = place
    const held = document.activeElement
    if (held === null || held === document.body || held.closest('main, .bar') !== null)
      document.getElementById('main')?.focus({ preventScroll: true })
  }, [place])
}

function DossierSwitch(): ReactElement {
  const { t, label } = useWords()
  const { house, slug } = useHere()
  return (
    <label className="dossier-switch">
      <span className="unseen">{t('frame.dossier')}</span>
      <select
        value={slug === NO_DOSSIER.slug ? '' : slug}
        onChange={({ target }) => go(target.value === '' ? '/' : paths.desk(target.value))}
      >
        {slug === NO_DOSSIER.slug && <option value="">{t('form.choose')}</option>}
        {house.dossiers.map((one) => (
          <option key={one.id} value={one.slug}>
            {one.level === 'organisation' ? one.title : `${one.title} · ${label('levels', one.level)}`}
          </option>
        ))}
      </select>
    </label>
  )
}

/** One mark of proof on every page. */
function FootLine(): ReactElement {
  const { t, number, moment } = useWords()
  const { house, slug } = useHere()
  const { size, waiting, at } = house.ledger
  return (
    <footer className="foot">
      <Link to={paths.ledger(slug)} className="mono">
        {t('foot.ledger', { n: number(size) })}
      </Link>
      {at !== null && <span className="mono">{t('foot.checkpoint', { at: moment(at) })}</span>}
      {waiting > 0 && <span className="mono">{t('foot.waiting', { n: number(waiting) })}</span>}
      <span className="foot-end">
        {house.sample && <span>{t('foot.sample')}</span>}
        {house.alone ? (
          <span>{t('foot.machine')}</span>
        ) : (
          <Link to={paths.account(slug)}>
            {t('foot.person', { person: house.person, organisation: house.organisation })}
          </Link>
        )}
        <span className="wide-only">
          <KeyCap>?</KeyCap> {t('foot.keys')}
        </span>
      </span>
    </footer>
  )
}
