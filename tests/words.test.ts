import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { EVERY_REFUSAL, EVERY_WRITE_REFUSAL, type Operation } from '../src/foundation/operation.ts'
import { OPERATIONS } from '../src/publication/contract.ts'
import { refusalIn } from '../src/web/parts/refusal-words.ts'
import { en } from '../src/web/words/en.ts'
import { kk } from '../src/web/words/kk.ts'
import { refusalsKk } from '../src/web/words/refusals-kk.ts'
import { refusalsRu } from '../src/web/words/refusals-ru.ts'
import { ru } from '../src/web/words/ru.ts'

const WEB = fileURLToPath(new URL('../src/web', import.meta.url))
const LANGUAGES = { en, ru, kk }

/** What keeps Latin letters in every language: names of formats and programs, and what is typed at a terminal. */
const LATIN =
  /Rapporteur|rapporteur backup(?:-key)? --to|rapporteur drill|--identity|--sample|Markdown|HTML|HTTP API|JavaScript|QR/g
/** Letters that tell Kazakh from Russian. */
const KAZAKH = /[әіңғүұқөһӘІҢҒҮҰҚӨҺ]/

function places(words: string): string[] {
  return [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()
}

function sourcesOfTheWeb(): string {
  return readdirSync(WEB, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && /\.tsx?$/.test(one.name) && !one.parentPath.endsWith('words'))
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
    .join('\n')
}

describe('the words of the interface', () => {
  test('W1 every language has the same keys, and none is empty', () => {
    const keys = Object.keys(en).sort()
    for (const words of [ru, kk]) expect(Object.keys(words).sort()).toEqual(keys)
    for (const words of Object.values(LANGUAGES))
      expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('W1 every language fills in the same places', () => {
    for (const [key, text] of Object.entries(en)) {
      const filled = places(text)
      expect([key, places(ru[key as keyof typeof en])]).toEqual([key, filled])
      expect([key, places(kk[key as keyof typeof en])]).toEqual([key, filled])
    }
  })

  test('W1 no English is left in Russian or Kazakh', () => {
    const left = Object.entries({ ru, kk }).flatMap(([language, words]) =>
      Object.entries(words)
        .map(([key, text]) => [language, key, text.replace(LATIN, '').replace(/\{\w+\}/g, '')] as const)
        .filter(([, , text]) => /[A-Za-z]{2,}/.test(text)),
    )
    expect(left).toEqual([])
  })

  test('W1 Kazakh is Kazakh: what is told in a sentence is not the Russian sentence', () => {
    const long = Object.entries(kk).filter(([, text]) => text.replace(/\{\w+\}/g, '').length > 30)
    expect(long.filter(([key, text]) => text === ru[key as keyof typeof en])).toEqual([])
    expect(long.filter(([, text]) => !KAZAKH.test(text)).map(([key]) => key)).toEqual([])
  })

  test('W1 every refusal that a page can meet is said in each language, and nothing else is', () => {
    const met = new Set<string>([...EVERY_REFUSAL, ...EVERY_WRITE_REFUSAL])
    for (const { refusals } of Object.values<Operation>(OPERATIONS))
      for (const code of refusals) met.add(code)
    for (const words of [refusalsRu, refusalsKk]) expect(Object.keys(words).sort()).toEqual([...met].sort())
    for (const text of [...Object.values(refusalsRu), ...Object.values(refusalsKk)])
      expect(text).toMatch(/^[«А-ЯЁӘІҢҒҮҰҚӨҺ].*\.$/)
    for (const [code, text] of Object.entries(refusalsKk)) {
      expect([code, KAZAKH.test(text)]).toEqual([code, true])
      expect([code, text]).not.toEqual([code, refusalsRu[code]])
    }
  })

  test('W1 a refusal that names what only the server knows is shown with it', () => {
    const refused = { code: 'consent_missing', message: 'No leave of W-2222.' }
    expect(refusalIn('en', refused)).toEqual({ sentence: null, original: refused.message })
    expect(refusalIn('kk', refused)).toEqual({
      sentence: refusalsKk.consent_missing,
      original: refused.message,
    })
    const absent = { code: 'not_there', message: 'There is nothing called "src_x" in this record.' }
    expect(refusalIn('ru', absent)).toEqual({ sentence: refusalsRu.not_there, original: null })
    const unheard = { code: 'never_heard_of', message: 'Something new.' }
    expect(refusalIn('ru', unheard)).toEqual({ sentence: null, original: 'Something new.' })
  })

  test('W1 no word is unused: every key is named in the pages, whole or by its beginning', () => {
    const pages = sourcesOfTheWeb()
    const begun = [...pages.matchAll(/`([a-z]+\.)\$\{/g)].map(([, start]) => start ?? '')
    const unused = Object.keys(en).filter(
      (key) => !pages.includes(`'${key}'`) && !begun.some((start) => key.startsWith(start)),
    )
    expect(unused).toEqual([])
  })
})
