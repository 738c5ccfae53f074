import { expect, test } from 'vitest'
import { attributedToAnother, namesOf } from './attributed.ts'

const all = new Set(['Northland', 'Southland', 'South'])

test('N15 words are noted where the parentheses behind them name another speaker of the file and none of their own', () => {
  const noted = (behind: string, own: string) => attributedToAnother(behind, { own: [own], all })
  expect(noted(' on Rivers, as it stands (Southland);', 'Northland')).toBe('Southland')
  expect(noted(' on Rivers (Northland, Southland);', 'Northland')).toBeNull()
  expect(noted(' on Rivers (southland).', 'Southland')).toBeNull()
  // "South" is no part of "Southland"; who is not in the file is nobody to compare with.
  expect(noted(' on Rivers (Southland);', 'South')).toBe('Southland')
  expect(noted(' on Rivers (Westland);', 'Northland')).toBeNull()
  // Parentheses of the next paragraph, or within a clause that goes on, say nothing of these words.
  expect(noted(';\n\n5. To widen the river (Southland);', 'Northland')).toBeNull()
  expect(noted(' on Rivers (Southland had asked) at once;', 'Northland')).toBeNull()
  expect(attributedToAnother(' (Southland);', { own: [], all })).toBeNull()
})

test('N15 whoever speaks for another goes by both names', () => {
  const speaker = { name: 'A. Clerk', for: { name: 'Northland' } }
  expect(namesOf({ speakers: [{ name: 'The Herald' }, speaker] })).toEqual(['A. Clerk', 'Northland'])
  expect(namesOf({ speakers: [{ unknown: true }] })).toEqual([])
})
