import { type ReactElement, useState } from 'react'
import { sourceOperations } from '../../sources/contract.ts'
import { call } from '../api.ts'
import { useHere } from '../house.tsx'
import { singleKeysOn, switchSingleKeys } from '../keys.ts'
import { LANGUAGES, useWords } from '../language.tsx'
import { TextField, useSending } from '../parts/form.tsx'
import { Link } from '../parts/link.tsx'
import { TrainingMarks } from '../parts/training-marks.tsx'
import { WorkWithOthers } from '../parts/work-with-others.tsx'
import { go, paths } from '../router.ts'
import { applyTheme, chosenTheme, THEMES, type Theme } from '../theme.ts'

export function Settings(): ReactElement {
  const { t, language, choose } = useWords()
  const { house, slug } = useHere()
  const [theme, setTheme] = useState<Theme>(chosenTheme)
  const [single, setSingle] = useState(singleKeysOn)
  const audits = house.roles.some((role) => role === 'auditor' || role === 'administrator')
  return (
    <div className="page narrow">
      <header className="page-head">
        <h1>{t('door.settings')}</h1>
      </header>
      <nav className="more-doors narrow-only" aria-label={t('door.more')}>
        {house.cleared && <Link to={paths.notes(slug)}>{t('door.notes')}</Link>}
        {house.cleared && <Link to={paths.consent(slug)}>{t('door.consent')}</Link>}
        {house.cleared && <Link to={paths.history(slug)}>{t('door.history')}</Link>}
        <Link to={paths.ledger(slug)}>{t('door.ledger')}</Link>
        {house.cleared && <Link to={paths.cases(slug)}>{t('door.cases')}</Link>}
        {!house.alone && <Link to={paths.people(slug)}>{t('door.people')}</Link>}
        {!house.alone && <Link to={paths.account(slug)}>{t('door.account')}</Link>}
        <Link to={paths.protection(slug)}>{t('door.protection')}</Link>
        {audits && <Link to={paths.audit()}>{t('audit.title')}</Link>}
      </nav>
      <p className="wide-only">
        <Link to={paths.protection(slug)} className="way">
          {t('door.protection')}
        </Link>
        {audits && (
          <Link to={paths.audit()} className="way">
            {t('audit.title')}
          </Link>
        )}
      </p>
      <fieldset>
        <legend>{t('settings.language')}</legend>
        {LANGUAGES.map(({ code, name }) => (
          <label key={code} className="check" lang={code}>
            <input type="radio" name="language" checked={code === language} onChange={() => choose(code)} />
            {name}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('settings.theme')}</legend>
        {THEMES.map((one) => (
          <label key={one} className="check">
            <input
              type="radio"
              name="theme"
              checked={one === theme}
              onChange={() => {
                setTheme(one)
                applyTheme(one)
              }}
            />
            {t(`theme.${one}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('settings.keys')}</legend>
        <label className="check">
          <input
            type="checkbox"
            checked={single}
            onChange={({ target }) => {
              setSingle(target.checked)
              switchSingleKeys(target.checked)
            }}
          />
          {t('settings.singleKeys')}
        </label>
      </fieldset>
      {house.cleared && <NewDossier />}
      <TrainingMarks />
      {house.alone && !house.sample && <WorkWithOthers />}
      <section>
        <h2>{t('settings.about')}</h2>
        <dl className="facts">
          <div>
            <dt>{t('settings.version')}</dt>
            <dd className="mono">{house.version}</dd>
          </div>
          <div>
            <dt>{t('settings.person')}</dt>
            <dd>{house.alone ? house.person : <Link to={paths.account(slug)}>{house.person}</Link>}</dd>
          </div>
          {house.folder !== null && (
            <div>
              <dt>{t('settings.folder')}</dt>
              <dd className="mono breaking">{house.folder}</dd>
            </div>
          )}
          <div>
            <dt>{t('settings.api')}</dt>
            <dd className="mono">/api/openapi.json</dd>
          </div>
        </dl>
        <p className="aside">{t('settings.backup')}</p>
      </section>
    </div>
  )
}

/** Opens a dossier; also what an empty record begins with. */
export function NewDossier(): ReactElement {
  const { t } = useWords()
  const [title, setTitle] = useState('')
  const [slug, setSlug] = useState('')
  const { busy, send, note } = useSending()
  const shown = slug === '' ? slugOf(title) : slug
  return (
    <form
      className="new-dossier"
      onSubmit={(event) => {
        event.preventDefault()
        const body = { slug: shown, ...(title.trim() === '' ? {} : { title: title.trim() }) }
        void send(() => call(sourceOperations.openDossier, { body })).then(
          (done) => done && go(paths.desk(shown)),
        )
      }}
    >
      <h2>{t('dossier.new')}</h2>
      <TextField label={t('dossier.title')} value={title} onChange={setTitle} />
      <TextField label={t('dossier.slug')} value={shown} onChange={setSlug} hint={t('dossier.slugHint')} />
      <button type="submit" className="primary" disabled={busy || shown === ''}>
        {t('dossier.open')}
      </button>
      {note}
    </form>
  )
}

/** Cyrillic letters by the Latin ones that a slug may hold. */
const LATIN: Record<string, string> = Object.fromEntries(
  'а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya ә a і i ң ng ғ gh ү u ұ u қ q ө o һ h'
    .split(' ')
    .flatMap((letter, n, all) => (n % 2 === 0 ? [[letter, all[n + 1] ?? '']] : [])),
)

function slugOf(title: string): string {
  return [...title.toLowerCase()]
    .map((letter) => LATIN[letter] ?? (letter === 'ь' || letter === 'ъ' ? '' : letter))
    .join('')
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}
