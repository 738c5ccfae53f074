import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../src/foundation/refusal.ts'
import { hashPassword, isPassword, mustBeStrong } from '../src/protection/password.ts'

const ABOUT = { login: 'marigold.inkwell', name: 'Marigold Inkwell', called: 'The Harbour Watch' }
const refused = (password: string): boolean => {
  try {
    mustBeStrong(password, ABOUT)
    return false
  } catch (error) {
    if (isRefusal(error) && error.code === 'password_weak') return true
    throw error
  }
}

describe('passwords that everybody tries first', () => {
  test.each([
    [
      'walks',
      ['1q2w3e4r5t6y7u8i', 'qazwsxedcrfvtgb', 'zxcvbnm123456789', '1qaz2wsx3edc4rfv', 'йцукенгшщзхъфыва'],
    ],
    ['sequences', ['12345678909876543210', 'abcdefghijklmnop', '98765432123456789', 'абвгдежзийклмн']],
    ['repeats', ['aaaabbbbccccdddd', '11223344556677', 'passwordpassword', 'qwertyqwertyqwerty']],
    [
      'the usual ones',
      ['manchesterunited', 'michaeljackson', 'internazionale', 'Kartoffelpuffer', '4815162342lost'],
    ],
    [
      'a word and a sequence',
      ['password1234567', 'letmein123456789', 'administrator2345', 'пароль123456789'],
    ],
    ['words of the page', ['marigold.inkwell1', 'The Harbour Watch', 'Inkwell Marigold', 'rapporteur2026']],
    ['short ones', ['', 'x', 'Tr0ub4dor&3', 'thirteen char']],
  ])('P91 %s are refused', (_, passwords) => {
    expect(passwords.filter((one) => !refused(one))).toEqual([])
  })

  test('P91 words of any kind, and what a password manager makes, are taken', () => {
    const good = [
      'four words of no meaning',
      'copper lantern ninety willow',
      'тихий фонарь девять облаков',
      'жеті бұлт пен ескі шам',
      '😀 lamp and a very small boat',
      'no1 NEEDS capitals or d1gits',
    ]
    expect(good.filter(refused)).toEqual([])
    const made = Array.from({ length: 500 }, () => randomBytes(15).toString('base64url'))
    expect(made.filter(refused).length).toBeLessThanOrEqual(2)
  })

  test('P91 it is taken exactly as typed, long and with spaces, and only its letters are composed', async () => {
    const typed = `  Жеті БҰЛТ é ${'and some more words '.repeat(5)}`
    const hash = await hashPassword(typed)
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    expect(await isPassword(hash, typed)).toBe(true)
    expect(await isPassword(hash, typed.normalize('NFD'))).toBe(true)
    for (const other of [typed.trim(), typed.toLowerCase(), typed.slice(0, -1), typed.slice(0, 72)])
      expect([other, await isPassword(hash, other)]).toEqual([other, false])
  })
})
