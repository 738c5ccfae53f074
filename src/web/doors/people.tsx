import { type ReactElement, useState } from 'react'
import { accountOperations } from '../../protection/accounts-contract.ts'
import { useAnswer } from '../api.ts'
import { useHere } from '../house.tsx'
import { useWords } from '../language.tsx'
import type { AccountLine, MadeLink, OneOfUs } from '../parts/account-shapes.ts'
import { InvitePerson } from '../parts/invite-person.tsx'
import { Link } from '../parts/link.tsx'
import { ShownOnce } from '../parts/new-ways.tsx'
import { PersonActs } from '../parts/person-acts.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Loading, RefusedNote } from '../parts/states.tsx'
import { paths } from '../router.ts'

/** Who works here, in which roles; for an administrator, everything that is done about it. */
export function People(): ReactElement {
  const { t, day } = useWords()
  const { house, slug } = useHere()
  const mayErase = house.roles.some((role) => ['monitor', 'verifier', 'editor', 'legal'].includes(role))
  const administers = house.roles.includes('administrator') && !house.alone
  const { value, refused, waiting } = useAnswer(accountOperations.people, {})
  const accounts = useAnswer(accountOperations.accounts, administers ? {} : null)
  const [made, setMade] = useState<MadeLink | null>(null)
  if (refused) return <RefusedPage refused={refused} />
  if (waiting || !value) return <Loading />
  const account = new Map(accounts.value?.accounts.map((one) => [one.person, one]))
  const here = value.people.filter(({ ended }) => ended === null)
  const gone = value.people.filter(({ ended }) => ended !== null)
  return (
    <div className="with-panel people">
      <div className="page">
        <header className="page-head">
          <h1>{t('door.people')}</h1>
          <p className="lead">{house.organisation}</p>
        </header>
        {accounts.refused && <RefusedNote refused={accounts.refused} />}
        {accounts.value?.administrators === 1 && (
          <p className="aside">
            {t('people.oneAdministrator', { command: 'rapporteur organisation --reset' })}
          </p>
        )}
        {made && (
          <ShownOnce
            key={made.link}
            title={t('people.linkFor', { name: made.name })}
            text={made.link}
            why={t('people.linkWhy')}
          />
        )}
        <ul className="list">
          {here.map((one) => (
            <PersonLine
              key={one.person}
              one={one}
              account={account.get(one.person) ?? null}
              administers={administers}
              onLink={setMade}
            />
          ))}
        </ul>
        {gone.length > 0 && (
          <section>
            <h2>{t('people.gone')}</h2>
            <ul className="list">
              {gone.map(({ person, name, roles, ended }) => (
                <li key={person} className="row">
                  <span>{name}</span>
                  <span className="row-middle aside">
                    {roles.map((role) => t(`role.${role}`)).join(', ')}
                  </span>
                  <span className="row-end">
                    {ended !== null && t('people.until', { day: day(ended.slice(0, 10)) })}
                    {mayErase && name !== person && (
                      <>
                        {' '}
                        <Link to={paths.protection(slug, 'erasures', person)}>{t('people.eraseName')}</Link>
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {administers && (
        <aside className="side">
          <InvitePerson onLink={setMade} />
        </aside>
      )}
    </div>
  )
}

function PersonLine({
  one,
  account,
  administers,
  onLink,
}: {
  one: OneOfUs
  account: AccountLine | null
  administers: boolean
  onLink: (made: MadeLink) => void
}): ReactElement {
  const { t, moment } = useWords()
  const state = () => {
    if (!account) return ''
    if (!account.ready) return t(account.linkUntil === null ? 'people.linkOver' : 'people.invited')
    return account.seenAt === null ? t('people.away') : t('account.seen', { at: moment(account.seenAt) })
  }
  return (
    <li className="person">
      <div className="row">
        <span>
          <strong>{one.name}</strong> {one.me && <span className="aside">{t('people.me')}</span>}{' '}
          {account && <span className="mono aside">{account.login}</span>}
        </span>
        <span className="row-middle">{one.roles.map((role) => t(`role.${role}`)).join(', ')}</span>
        <span className="row-end aside">{state()}</span>
      </div>
      {administers && account && <PersonActs one={one} account={account} onLink={onLink} />}
    </li>
  )
}
