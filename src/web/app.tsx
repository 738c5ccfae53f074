import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { houseOperations } from '../publication/contract.ts'
import { type Refused, useAnswer } from './api.ts'
import { AccountDoor } from './doors/account.tsx'
import { AddSource } from './doors/add-source.tsx'
import { Audit } from './doors/audit.tsx'
import { Cases } from './doors/cases.tsx'
import { Consent } from './doors/consent.tsx'
import { Desk } from './doors/desk.tsx'
import { HistoryDoor, RecordDoor } from './doors/history.tsx'
import { InterlocutorDoor } from './doors/interlocutor.tsx'
import { Invitation } from './doors/invitation.tsx'
import { Ledger } from './doors/ledger.tsx'
import { MatterDoor } from './doors/matter.tsx'
import { Matters } from './doors/matters.tsx'
import { Notes } from './doors/notes.tsx'
import { People } from './doors/people.tsx'
import { Protection } from './doors/protection.tsx'
import { ReadingRoom } from './doors/reading-room.tsx'
import { SearchDoor } from './doors/search.tsx'
import { Settings } from './doors/settings.tsx'
import { SignIn } from './doors/sign-in.tsx'
import { Sources } from './doors/sources.tsx'
import { Talk } from './doors/talk.tsx'
import { Timeline } from './doors/timeline.tsx'
import { Welcome } from './doors/welcome.tsx'
import { Frame } from './frame.tsx'
import { HereContext, type House, NO_DOSSIER } from './house.tsx'
import { useWords } from './language.tsx'
import { CaseBar } from './parts/case-bar.tsx'
import { Link } from './parts/link.tsx'
import { Loading, RefusedNote } from './parts/states.tsx'
import { WhoAskedDialog } from './parts/who-asked.tsx'
import { go, type Place, paths, usePlace } from './router.ts'

export function App(): ReactElement {
  const place = usePlace()
  const [link] = useState(takeInvitation)
  return link === null ? <Record place={place} /> : <Invitation code={link} />
}

function Record({ place }: { place: Place }): ReactElement {
  const { value: house, refused, waiting } = useAnswer(houseOperations.house, {})
  const [slug] = place.parts
  const dossier = house?.dossiers.find((one) => one.slug === slug)
  const first = house?.dossiers[0]
  const bare = house !== null && !house.cleared
  useEffect(() => {
    if (slug === undefined && first) go(paths.desk(first.slug), { replace: true })
    if (slug === undefined && bare) go(paths.people(NO_DOSSIER.slug), { replace: true })
  }, [slug, first, bare])
  if (refused) return <Outside refused={refused} />
  if (waiting || !house) return <Loading />
  if (slug === NO_DOSSIER.slug)
    return (
      <Inside house={house} dossier={NO_DOSSIER} place={place}>
        {doorOutside(place) ?? <NoSuchPlace home={paths.account(NO_DOSSIER.slug)} />}
      </Inside>
    )
  if (bare) return <NoContent />
  if (!first || slug === undefined)
    return (
      <>
        <Welcome alone={house.alone} />
        <WhoAskedDialog />
      </>
    )
  if (!dossier)
    return (
      <main>
        <NoSuchPlace home={paths.desk(first.slug)} />
      </main>
    )
  return (
    <Inside house={house} dossier={dossier} place={place}>
      {doorAt(place) ?? doorOutside(place) ?? <NoSuchPlace home={paths.desk(dossier.slug)} />}
    </Inside>
  )
}

function Inside({
  house,
  dossier,
  place,
  children,
}: {
  house: House
  dossier: House['dossiers'][number]
  place: Place
  children: ReactNode
}): ReactElement {
  return (
    <HereContext value={{ house, slug: dossier.slug, dossier }}>
      <Frame door={place.parts[1] ?? 'desk'} place={place.parts.join('/')}>
        {children}
      </Frame>
      <WhoAskedDialog />
    </HereContext>
  )
}

/** The code of a one-time link, taken out of the address bar of a screen others see. */
function takeInvitation(): string | null {
  const { pathname, hash } = window.location
  if (pathname !== '/invitation' || hash.length < 2) return null
  window.history.replaceState(null, '', '/')
  return hash.slice(1)
}

/** Pages that belong to no dossier; whoever sees no content has these. */
function doorOutside({ parts: [, door, id], query }: Place): ReactElement | null {
  if (door === 'people') return <People />
  if (door === 'account') return <AccountDoor />
  if (door === 'ledger') return <Ledger />
  if (door === 'audit') return <Audit />
  if (door === 'protection') return <Protection part={id ?? 'due'} target={query.get('target')} />
  if (door === 'settings') return <Settings />
  return null
}

function doorAt({ parts: [, door, id], query }: Place): ReactElement | null {
  if (door === 'desk') return <Desk />
  if (door === 'sources') return <Sources />
  if (door === 'source' && id !== undefined) {
    const start = query.get('start')
    return <ReadingRoom key={id} id={id} at={query.get('at')} start={start === null ? null : Number(start)} />
  }
  if (door === 'matters') return <Matters />
  if (door === 'matter' && id !== undefined)
    return <MatterDoor key={id} id={id} aspect={query.get('aspect')} />
  if (door === 'timeline') return <Timeline />
  if (door === 'search') return <SearchDoor query={query} />
  if (door === 'history') return <HistoryDoor />
  if (door === 'record' && id !== undefined) return <RecordDoor key={id} id={id} />
  if (door === 'cases') return <Cases />
  if (door === 'notes') return <Notes draft={query.get('draft')} />
  if (door === 'consent') return <Consent />
  if (door === 'interlocutor' && id !== undefined) return <InterlocutorDoor key={id} id={id} />
  if (door === 'talk') return <Talk />
  if (door === 'add') return <AddSource />
  return null
}

/** Without the key, or without the server, there is one thing to do, and it is said. */
function Outside({ refused }: { refused: Refused }): ReactElement {
  const { t } = useWords()
  if (refused.code === 'signed_out') return <SignIn />
  return (
    <main className="outside">
      {/* A case that was taken away in the meantime is left here. */}
      <CaseBar />
      <h1>Rapporteur</h1>
      {refused.code === 'key_missing' ? <p>{t('outside.key')}</p> : <RefusedNote refused={refused} />}
    </main>
  )
}

/** An administrator or auditor at an address of content: there is none for them, and it is said why. */
function NoContent(): ReactElement {
  const { t } = useWords()
  return (
    <main className="outside">
      <h1>Rapporteur</h1>
      <p>{t('people.noContent')}</p>
      <p>
        <Link to={paths.people(NO_DOSSIER.slug)}>{t('door.people')}</Link>
      </p>
    </main>
  )
}

function NoSuchPlace({ home }: { home: string }): ReactElement {
  const { t } = useWords()
  return (
    <div className="outside">
      <h1>{t('nowhere.title')}</h1>
      <p>
        <Link to={home}>{t('nowhere.back')}</Link>
      </p>
    </div>
  )
}
