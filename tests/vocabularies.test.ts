import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { VALUE_TYPES } from '../src/matters/aspect.ts'
import { MatterName } from '../src/matters/matter.ts'
import {
  CONSENT_METHODS,
  EXPLAINED,
  GIVEN_BY,
  HELPER_ROLES,
  IDENTIFIABILITIES,
  PURPOSES,
  RECIPIENTS,
  TASK_KINDS,
} from '../src/protection/consent-codes.ts'
import { EXITS, WIDENINGS } from '../src/protection/exits.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { PRESENCE, REFERRALS } from '../src/sources/interview.ts'
import { IncidentNote, Note, PlanNote, RisksNote } from '../src/sources/note.ts'
import { STANDARDS_OF_PROOF } from '../src/statements/finding.ts'
import {
  LINK_RELS,
  POLARITIES,
  REMARK_KINDS,
  SPEAKER_GROUPS,
  STATEMENT_KINDS,
} from '../src/statements/statement.ts'
import { VAGUE_WORDS_VERSION, vagueBounds } from '../src/vocabularies/vague-words.ts'
import { hasTerm, labelOf, termsOf, VOCABULARIES } from '../src/vocabularies/vocabulary.ts'

const WEB = fileURLToPath(new URL('../src/web/', import.meta.url))

/** Every list that the interface names: `label('list', …)`, `termsOf('list')`, and lists named as tag schemes. */
function listsOnScreen(): string[] {
  const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  const found = files.flatMap((name) => {
    const source = readFileSync(join(WEB, name), 'utf8')
    const called = [...source.matchAll(/\b(?:label|termsOf|labelOf)\(\s*'([^']+)'/g)].map(
      ([, list = '']) => list,
    )
    const schemes = [...source.matchAll(/SCHEMES = \[([^\]]+)\]/g)].flatMap(([, listed = '']) =>
      [...listed.matchAll(/'([^']+)'/g)].map(([, list = '']) => list),
    )
    return [...called, ...schemes]
  })
  return [...new Set(found)].sort()
}

describe('lists', () => {
  test.each(VOCABULARIES.map((one) => [one.list, one] as const))(
    'V1 %s has a version, terms, and three labels a term',
    (_, { version, terms }) => {
      expect(version).toMatch(/^\d+$/)
      expect(terms.length).toBeGreaterThan(0)
      expect(new Set(terms.map(({ key }) => key)).size).toBe(terms.length)
      for (const { labels } of terms)
        for (const label of Object.values(labels)) expect(label.trim()).not.toBe('')
      for (const language of ['en', 'ru', 'kk'] as const) {
        const labels = terms.map((term) => term.labels[language])
        expect(labels.filter((label, n) => labels.indexOf(label) !== n)).toEqual([])
      }
      for (const { labels } of terms) {
        if (!/[A-Za-z]/.test(labels.en)) continue
        expect(labels.ru).toMatch(/[а-яё]/i)
        expect(labels.kk).toMatch(/[а-яёәғқңөұүһі]/i)
        expect(labels.en).not.toMatch(/[а-яё]/i)
      }
    },
  )

  test('V6 every kind of statement says in three languages what it means, and no two say the same', () => {
    const lines = termsOf('statement-kinds').flatMap(({ definition }) => (definition ? [definition] : []))
    expect(lines).toHaveLength(STATEMENT_KINDS.length)
    for (const language of ['en', 'ru', 'kk'] as const) {
      const said = lines.map((one) => one[language])
      expect(new Set(said).size).toBe(lines.length)
      for (const line of said) expect(line).toMatch(/^\p{Lu}.{10,100}\.$/u)
    }
  })

  test('V3 every list that the interface shows is there', () => {
    const shown = listsOnScreen()
    expect(shown.length).toBeGreaterThan(10)
    expect(shown.filter((list) => termsOf(list).length === 0)).toEqual([])
  })

  test('V3 whatever the record allows has a label', () => {
    const allowed: Record<string, readonly string[]> = {
      'statement-kinds': STATEMENT_KINDS,
      polarities: POLARITIES,
      'speaker-groups': SPEAKER_GROUPS,
      'link-rels': LINK_RELS,
      'remark-kinds': REMARK_KINDS,
      'standards-of-proof': STANDARDS_OF_PROOF,
      'value-types': VALUE_TYPES,
      'name-uses': MatterName.shape.use.unwrap().options,
      'record-kinds': ALL_KINDS.map(({ name }) => name),
      'consent-purposes': PURPOSES,
      'consent-recipients': RECIPIENTS,
      identifiabilities: IDENTIFIABILITIES,
      'consent-methods': CONSENT_METHODS,
      'consent-givers': GIVEN_BY,
      'consent-explained': EXPLAINED,
      'helper-roles': HELPER_ROLES,
      'consent-tasks': TASK_KINDS,
      'referral-kinds': REFERRALS,
      'presence-roles': PRESENCE,
      exits: [...Object.keys(EXITS), ...Object.keys(WIDENINGS)],
      'incident-fields': Object.keys(IncidentNote.shape).filter((field) => field !== 'template'),
      'plan-fields': Object.keys(PlanNote.shape).filter((field) => field !== 'template'),
      'risk-fields': Object.keys(RisksNote.shape).filter((field) => field !== 'template'),
      'note-templates': Note.options.map(({ shape }) => shape.template.value),
    }
    for (const [list, keys] of Object.entries(allowed)) {
      expect([list, keys.filter((key) => !hasTerm(list, key))]).toEqual([list, []])
    }
  })

  test('V1 a term of nobody’s list is called by its key', () => {
    expect(labelOf('matter-kinds', 'event', 'kk')).toBe('оқиға')
    expect(labelOf('matter-kinds', 'windmill', 'ru')).toBe('windmill')
  })
})

describe('vague words', () => {
  test.each([
    ['hundreds of people', 'en', 200, 999],
    ['Hundreds', 'ru', 200, 999],
    ['thousands', 'en', 2000, 9999],
    ['tens of thousands of signatures', 'en', 20_000, 99_999],
    ['more than several hundred', 'en', 300, null],
    ['several', 'en', 3, null],
    ['dozens of boats', 'en', 24, 99],
    ['a handful', 'en', 3, 9],
    ['сотни людей', 'ru', 200, 999],
    ['сотни тысяч людей', 'ru', 200_000, 999_999],
    ['более тысяч', 'ru', 2000, null],
    ['несколько', 'ru', 3, null],
    ['горстка людей', 'ru', 3, 9],
    ['жүздеген адам', 'kk', 200, 999],
    ['мыңдаған адам', 'kk', 2000, 9999],
    ['ондаған қайық', 'kk', 20, 99],
    ['бірнеше адам', 'kk', 3, null],
  ] as const)('V2 “%s” (%s)', (words, language, lower, upper) => {
    expect(vagueBounds(words, language)).toEqual({ lower, upper })
  })

  test('V2 a word that names no number has no bounds, nor has a part of a word', () => {
    for (const words of ['many', 'various', 'severally', 'рядом', 'attends', 'various individuals'])
      expect(vagueBounds(words, 'en')).toBeNull()
  })

  test('V2 the table has a version', () => {
    expect(VAGUE_WORDS_VERSION).toMatch(/^\d+$/)
  })
})
