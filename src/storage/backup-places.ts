import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { DataFolder } from './data-folder.ts'
import { addToRegister, REGISTER_BESIDE, readRegister, registerOf } from './erasure-register.ts'

const listOf = (folder: DataFolder) => join(folder.root, 'backup-places.json')

/** Folders into which backups of this record were ever written. */
export function backupPlaces(folder: DataFolder): string[] {
  try {
    return JSON.parse(readFileSync(listOf(folder), 'utf8'))
  } catch {
    return []
  }
}

/** Remember where a backup was written: what is erased later has to be known there too. */
export function rememberPlace(folder: DataFolder, file: string): void {
  const place = dirname(resolve(file))
  const places = backupPlaces(folder)
  if (places.includes(place)) return
  const part = `${listOf(folder)}.part`
  writeFileSync(part, JSON.stringify([...places, place]), { mode: 0o600 })
  renameSync(part, listOf(folder))
}

/** Put the register beside every backup; the places that could not be reached are given back. */
export function spreadRegister(folder: DataFolder): string[] {
  const lines = readRegister(registerOf(folder))
  if (lines.length === 0) return []
  return backupPlaces(folder).filter((place) => !copyTo(place, lines))
}

function copyTo(place: string, lines: readonly string[]): boolean {
  // A medium that is not plugged in leaves a folder that is not there: none is made in its stead.
  if (!existsSync(place)) return false
  try {
    mkdirSync(place, { recursive: true })
    addToRegister(join(place, REGISTER_BESIDE), lines)
    return true
  } catch {
    return false
  }
}
