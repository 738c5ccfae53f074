import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { formOf, layOut, lengthOf } from '../src/display/date-glyph.ts'
import { StandardLine } from '../src/display/small-marks.tsx'
import { SpeakerMark } from '../src/display/speaker-mark.tsx'
import { dayOf } from '../src/foundation/days.ts'
import { SPEAKER_GROUPS } from '../src/statements/statement.ts'
import { labelOf } from '../src/vocabularies/vocabulary.ts'
import { LANGUAGES } from '../src/web/language.tsx'

/** What is drawn, without its name and its colour. */
function shapeOf(markup: string): string {
  return markup.replace(/<title>.*?<\/title>/, '').replace(/(aria-label|class)="[^"]*"/g, '')
}

describe('display', () => {
  test('D1 every speaker group has a shape of its own, told apart without colour', () => {
    const shapes = SPEAKER_GROUPS.map((group) =>
      shapeOf(renderToStaticMarkup(<SpeakerMark group={group} label="x" />)),
    )
    expect(new Set(shapes).size).toBe(SPEAKER_GROUPS.length)
  })

  test('D1 every mark is read out in each language, and one whose words stand beside it is not read twice', () => {
    for (const { code } of LANGUAGES) {
      for (const group of SPEAKER_GROUPS) {
        const label = labelOf('speaker-groups', group, code)
        const drawn = renderToStaticMarkup(<SpeakerMark group={group} label={label} />)
        expect(drawn).toContain(`role="img" aria-label="${label}"`)
        expect(drawn).toContain(`<title>${label}</title>`)
      }
    }
    const silent = renderToStaticMarkup(<SpeakerMark group="un" label="" />)
    expect(silent).toContain('aria-hidden="true"')
    expect(silent).not.toContain('title')
  })

  test('D1 a group that nobody gave a shape is drawn as nobody, never as another group', () => {
    expect(shapeOf(renderToStaticMarkup(<SpeakerMark group="martians" label="x" />))).toBe(
      shapeOf(renderToStaticMarkup(<SpeakerMark group="unknown" label="x" />)),
    )
  })

  test('D1 a standard of proof is told by form: what is asked and what is reached', () => {
    const drawn = renderToStaticMarkup(<StandardLine asked={2} reached={0} labels={['a', 'b', 'c', 'd']} />)
    expect(drawn).toContain('class="asked">c<')
    expect(drawn).toContain('class="reached">a<')
  })

  test('D2 a date is drawn by what is known of it', () => {
    const known = { uncertain: false, approximate: false, start: 'known', end: 'known' } as const
    expect(formOf({ ...known, earliest: 5, latest: 5 })).toBe('day')
    expect(formOf({ ...known, earliest: 5, latest: 5, uncertain: true })).toBe('day in doubt')
    expect(formOf({ ...known, earliest: 5, latest: 35 })).toBe('span')
    expect(formOf({ ...known, earliest: 5, latest: 35, approximate: true })).toBe('about')
    expect(formOf({ ...known, earliest: 5, latest: null, end: 'open' })).toBe('opening')
    expect(formOf({ ...known, earliest: null, latest: 5, start: 'unknown' })).toBe('ending')
  })

  test('D3 empty time is folded and counted; days keep their order; no stretch is narrower than it can be read', () => {
    const spans = [
      [dayOf(2011, 1, 1), dayOf(2011, 12, 31)],
      [dayOf(2014, 1, 23), dayOf(2014, 1, 23)],
      [dayOf(2014, 1, 24), dayOf(2014, 1, 24)],
      [dayOf(2022, 1, 2), dayOf(2022, 1, 11)],
    ] as const
    const laid = layOut(spans, { width: 900, foldOver: 200, margin: 6, least: 74 })
    expect(laid.stretches).toHaveLength(3)
    expect(laid.folds.map(({ days }) => days)).toEqual([754, 2900])
    const xs = spans.flat().map((day) => laid.x(day))
    expect(xs).toEqual([...xs].sort((a, b) => a - b))
    expect(Math.min(...laid.stretches.map(({ width }) => width))).toBeGreaterThanOrEqual(74)
    expect(Math.round(laid.width)).toBe(900)
    const tight = layOut(spans, { width: 100, foldOver: 200, margin: 6, least: 74 })
    expect(tight.width).toBeGreaterThan(3 * 74)
  })

  test('D3 the length of a fold is said in years and months', () => {
    expect(lengthOf(754)).toEqual({ years: 2, months: 1, days: 0 })
    expect(lengthOf(2900)).toEqual({ years: 7, months: 11, days: 0 })
    expect(lengthOf(40)).toEqual({ years: 0, months: 0, days: 40 })
  })
})
