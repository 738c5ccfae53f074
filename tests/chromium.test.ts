import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findChromium, said } from './chromium.ts'

describe('the browser of the journeys', () => {
  test('one on the path is found, and one that is named stands before it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapporteur-chromium-'))
    try {
      const [onPath, named] = [join(folder, 'chromium'), join(folder, 'another')]
      for (const path of [onPath, named]) writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 })
      const env = { PATH: folder }
      expect((await findChromium({ env, mayInstall: false })).executablePath).toBe(onPath)
      const browser = await findChromium({ env: { ...env, RAPPORTEUR_CHROMIUM: named }, mayInstall: false })
      expect(browser).toMatchObject({ executablePath: named, absent: null })
      expect(said(browser)).toBe('')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('where there is none and nobody may install it, the reason stands in the name of what is skipped', async () => {
    const none = await findChromium({ env: { PATH: '' }, mayInstall: false })
    expect(none.executablePath).toBeNull()
    expect(said(none)).toContain('skipped: Chromium is absent')
    const gone = { PATH: process.env.PATH, RAPPORTEUR_CHROMIUM: '/nowhere/chromium' }
    expect(existsSync(gone.RAPPORTEUR_CHROMIUM)).toBe(false)
    expect((await findChromium({ env: gone, mayInstall: false })).executablePath).toBeNull()
  })
})
