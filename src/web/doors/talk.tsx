import { type ReactElement, useState } from 'react'
import { EXPLAINED, GRANTABLE, IDENTIFIABILITIES, PURPOSES } from '../../protection/consent-codes.ts'
import { definitionOf, type Language, labelOf } from '../../vocabularies/vocabulary.ts'
import { useHere } from '../house.tsx'
import { LANGUAGES, useWords } from '../language.tsx'
import { Link } from '../parts/link.tsx'
import { paths } from '../router.ts'

/** Empty lines of the table that is filled in by hand. */
const LINES = 6

/**
 * The consent talk on paper: read aloud, kept by the person, signed on the last page. It is made of the lists that consent
 * is recorded by, in the language of the person, whatever the language of the interface.
 */
export function Talk(): ReactElement {
  const { t, language } = useWords()
  const { slug } = useHere()
  const [spoken, setSpoken] = useState<Language>(language)
  return (
    <div className="page talk-page">
      <div className="talk-tools">
        <p>
          <Link to={paths.consent(slug)}>{t('door.consent')}</Link>
        </p>
        <p className="hint">{t('talk.toolsHint')}</p>
        <p className="buttons">
          {LANGUAGES.map(({ code, name }) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={code === spoken}
              onClick={() => setSpoken(code)}
            >
              {name}
            </button>
          ))}
          <button type="button" className="primary" onClick={() => window.print()}>
            {t('talk.print')}
          </button>
        </p>
      </div>
      <Paper language={spoken} />
    </div>
  )
}

function Paper({ language }: { language: Language }): ReactElement {
  const word = (key: string) => labelOf('consent-talk', key, language)
  const term = (list: string, key: string) => labelOf(list, key, language)
  const said = (list: string, key: string) => definitionOf(list, key, language) ?? ''
  const listed: Record<string, ReactElement> = {
    what_for: (
      <ul className="columns">
        {PURPOSES.map((one) => (
          <li key={one}>{term('consent-purposes', one)}</li>
        ))}
      </ul>
    ),
    who_sees: (
      <ul className="columns">
        {GRANTABLE.map((one) => (
          <li key={one}>{term('consent-recipients', one)}</li>
        ))}
      </ul>
    ),
    how_named: (
      <dl>
        {IDENTIFIABILITIES.map((one) => (
          <div key={one}>
            <dt>{term('identifiabilities', one)}</dt>
            <dd>{said('identifiabilities', one)}</dd>
          </div>
        ))}
      </dl>
    ),
    contact: (
      <div className="by-hand">
        <Line name={word('reach')} />
        <Line name={word('hours')} />
      </div>
    ),
  }
  return (
    <article className="talk" lang={language}>
      <h1>{word('title')}</h1>
      <p className="lead">{word('lead')}</p>
      {EXPLAINED.map((one) => (
        <section key={one}>
          <h2>{term('consent-explained', one)}</h2>
          <p>{said('consent-explained', one)}</p>
          {listed[one]}
        </section>
      ))}
      <section className="decision">
        <h2>{word('decision')}</h2>
        <p>{word('decisionWhat')}</p>
        <table>
          <thead>
            <tr>
              {['for', 'to', 'named', 'conditions', 'until'].map((one) => (
                <th key={one} scope="col">
                  {word(one)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: LINES }, (_, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: empty lines are all alike
              <tr key={n}>
                <td />
                <td />
                <td />
                <td />
                <td />
              </tr>
            ))}
          </tbody>
        </table>
        <p>{word('understood')}</p>
        <div className="by-hand">
          {['code', 'sign', 'day', 'place', 'spoke', 'interpreted'].map((one) => (
            <Line key={one} name={word(one)} />
          ))}
        </div>
      </section>
    </article>
  )
}

function Line({ name }: { name: string }): ReactElement {
  return (
    <p className="line">
      <span>{name}</span>
      <span className="rule" />
    </p>
  )
}
