import type { ReactElement } from 'react'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import { useWords } from '../language.tsx'
import type { Words } from '../words/en.ts'
import { type Account, MoreOf } from './account-row.tsx'
import { AspectName } from './aspect-name.tsx'
import { Origins } from './beside.tsx'
import { ChainLine } from './chain.tsx'
import { WordsLink } from './words-link.tsx'

const STANCES: readonly { stance: string; word: keyof Words }[] = [
  { stance: 'puts forward', word: 'stance.forward' },
  { stance: 'repeats', word: 'stance.repeats' },
  { stance: 'endorses', word: 'stance.endorses' },
  { stance: 'does not deny', word: 'stance.notDenied' },
  { stance: 'doubts', word: 'stance.doubts' },
  { stance: 'disputes', word: 'stance.disputes' },
  { stance: 'asks', word: 'stance.asks' },
]

/** For each thing said: who put it forward, who repeats, endorses, disputes or does not deny it. */
export function Narratives({
  page,
  accounts,
  onMore,
}: {
  page: MatterPageView
  accounts: readonly Account[]
  onMore: (account: Account) => Promise<void>
}): ReactElement {
  const { t } = useWords()
  return (
    <div className="narratives">
      {accounts.map((account) => (
        <section key={account.aspect}>
          <h2>
            <AspectName of={account.aspect} />
          </h2>
          <MoreOf account={account} onMore={onMore} />
          {account.values.map(({ text, stands, origins }) => (
            <article key={text} className="narrative">
              <h3>
                {text} <Origins n={origins} />
              </h3>
              <dl>
                {STANCES.map(({ stance, word }) => {
                  const here = stands.filter((one) => one.stance === stance)
                  if (here.length === 0) return null
                  return (
                    <div key={stance}>
                      <dt>{t(word)}</dt>
                      <dd>
                        {here.map(({ statement }) => {
                          const found = page.statements[statement]
                          return found ? (
                            <p key={statement}>
                              <ChainLine said={found} /> <WordsLink statement={found} />
                            </p>
                          ) : null
                        })}
                      </dd>
                    </div>
                  )
                })}
              </dl>
            </article>
          ))}
        </section>
      ))}
    </div>
  )
}
