import { type ReactElement, useEffect } from 'react'
import { houseOperations } from '../publication/contract.ts'
import { type Refused, useAnswer } from './api.ts'
import { AddSource } from './doors/add-source.tsx'
import { Audit } from './doors/audit.tsx'
import { Cases } from './doors/cases.tsx'
import { Consent } from './doors/consent.tsx'
import { Desk } from './doors/desk.tsx'
import { HistoryDoor, RecordDoor } from './doors/history.tsx'
import { InterlocutorDoor } from './doors/interlocutor.tsx'
import { Ledger } from './doors/ledger.tsx'
import { MatterDoor } from './doors/matter.tsx'
import { Matters } from './doors/matters.tsx'
import { Notes } from './doors/notes.tsx'
import { Protection } from './doors/protection.tsx'
import { ReadingRoom } from './doors/reading-room.tsx'
import { SearchDoor } from './doors/search.tsx'
import { Settings } from './doors/settings.tsx'
import { Sources } from './doors/sources.tsx'
import { Talk } from './doors/talk.tsx'
import { Timeline } from './doors/timeline.tsx'
import { Welcome } from './doors/welcome.tsx'
import { Frame } from './frame.tsx'
import { HereContext, type House } from './house.tsx'
import { HouseFrame } from './house-frame.tsx'
import { useWords } from './language.tsx'
import { CaseBar } from './parts/case-bar.tsx'
import { Link } from './parts/link.tsx'
import { Loading, RefusedNote } from './parts/states.tsx'
import { go, type Place, paths, usePlace } from './router.ts'

export function App(): ReactElement {
  const place = usePlace()
  const { value: house, refused, waiting } = useAnswer(houseOperations.house, {})
  const [slug, door] = place.parts
  const dossier = house?.dossiers.find((one) => one.slug === slug)
  const first = house?.dossiers[0]
  useEffect(() => {
    if (slug === undefined && first) go(paths.desk(first.slug), { replace: true })
  }, [slug, first])
  if (refused) return <Outside refused={refused} />
  if (waiting || !house) return <Loading />
  if (slug === '-' || !house.cleared) return <WithoutDossier door={door} house={house} />
  if (!first || slug === undefined) return <Welcome />
  if (!dossier)
    return (
      <main>
        <NoSuchPlace home={paths.desk(first.slug)} />
      </main>
    )
  return (
    <HereContext value={{ house, slug: dossier.slug, dossier }}>
      <Frame door={door ?? 'desk'} place={place.parts.join('/')}>
        {doorAt(place) ?? <NoSuchPlace home={paths.desk(dossier.slug)} />}
      </Frame>
    </HereContext>
  )
}

/** Pages that belong to no dossier. */
function WithoutDossier({ door, house }: { door: string | undefined; house: House }): ReactElement {
  const [first] = house.dossiers
  return (
    <HouseFrame door={door ?? 'ledger'} home={first && house.cleared ? paths.desk(first.slug) : null}>
      {door === 'audit' ? <Audit /> : <Ledger />}
    </HouseFrame>
  )
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
  if (door === 'ledger') return <Ledger />
  if (door === 'cases') return <Cases />
  if (door === 'notes') return <Notes draft={query.get('draft')} />
  if (door === 'consent') return <Consent />
  if (door === 'interlocutor' && id !== undefined) return <InterlocutorDoor key={id} id={id} />
  if (door === 'talk') return <Talk />
  if (door === 'add') return <AddSource />
  if (door === 'protection') return <Protection part={id ?? 'due'} target={query.get('target')} />
  if (door === 'settings') return <Settings />
  return null
}

/** Without the key, or without the server, there is one thing to do, and it is said. */
function Outside({ refused }: { refused: Refused }): ReactElement {
  const { t } = useWords()
  return (
    <main className="outside">
      {/* A case that was taken away in the meantime is left here. */}
      <CaseBar />
      <h1>Rapporteur</h1>
      {refused.code === 'key_missing' ? <p>{t('outside.key')}</p> : <RefusedNote refused={refused} />}
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
