// What is promised is held by something that can fail: every line of the threat model names tests that prove a rule, and
// every requirement of docs/asvs.tsv and docs/berkeley.tsv a test, a page, or the reason why there is none. Whatever is
// named must be there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ASVS } from './asvs-numbers.mjs'
import { provedBy, rulesOf, testsOf } from './named-tests.mjs'

/** What is wrong with the pages of the house at `root`, one sentence each. */
export function problemsOf(root) {
  const house = {
    root,
    tests: testsOf(root),
    rules: new Set([...rulesOf(root).values()].flatMap((ofRoom) => [...ofRoom])),
  }
  return [...threatModel(house), ...requirements(house), ...protocol(house)]
}

/** Rows of the tables whose third column says what holds them. */
function threatModel(house) {
  const page = 'docs/threat-model.md'
  const found = []
  let lines = 0
  let inTable = false
  for (const [at, line] of read(house, page).split('\n').entries()) {
    if (!line.startsWith('|')) inTable = false
    else if (/^\|[^|]+\|[^|]+\| held by \|[^|]+\|$/.test(line)) inTable = true
    else if (inTable && !/^\|[-|]+$/.test(line)) {
      lines += 1
      const cells = line.split('|').slice(1, -1)
      const where = `${page}:${at + 1}`
      if (cells.length !== 4 || cells.some((cell) => cell.trim() === ''))
        found.push(`${where} has no four cells with something in each`)
      else found.push(...heldBy(house, cells[2].trim()).map((problem) => `${where} ${problem}`))
    }
  }
  if (lines < 20) found.push(`${page} has ${lines} lines that say what holds them; it must have at least 20`)
  return found
}

/** `P20 P21 in [who-asks](../tests/who-asks.test.ts)`, one or several; or why no test can hold it. */
function heldBy({ tests, rules }, cell) {
  if (/^no test: .{10}/.test(cell)) return []
  const parts = [...cell.matchAll(/((?:[A-Z]+\d+ )+)in \[[^\]]+\]\(\.\.\/([^)]+)\)/g)]
  const rest = parts.reduce((left, [whole]) => left.replace(whole, ''), cell).replace(/[,\s]/g, '')
  if (parts.length === 0 || rest !== '') return [`cannot be read in the column "held by": ${rest || cell}`]
  return parts.flatMap(([, numbers, file]) => {
    const proved = new Set([...(tests.get(file) ?? [])].flatMap(provedBy))
    if (!tests.has(file)) return [`names ${file}, which is no file of tests`]
    return numbers
      .trim()
      .split(' ')
      .flatMap((rule) => [
        ...(rules.has(rule) ? [] : [`names the rule ${rule}, which no SPEC.md has`]),
        ...(proved.has(rule) ? [] : [`says that ${file} proves ${rule}; no test there begins with it`]),
      ])
  })
}

/** Number, level, what it asks, answer. */
function requirements(house) {
  const page = 'docs/asvs.tsv'
  const found = []
  const answered = new Set()
  for (const { where, cells } of rows(house, page)) {
    const [number, level, asks, answer] = cells
    if (cells.length !== 4) found.push(`${where} has ${cells.length} columns, not 4`)
    else if (ASVS.get(number) !== Number(level))
      found.push(`${where} ${number} of level ${level} is not asked`)
    else if (answered.has(number)) found.push(`${where} answers ${number} a second time`)
    else if (asks.trim() === '') found.push(`${where} does not say what ${number} asks`)
    else found.push(...answerProblems(house, answer).map((problem) => `${where} ${number} ${problem}`))
    answered.add(number)
  }
  const missing = [...ASVS.keys()].filter((number) => !answered.has(number))
  return [...found, ...missing.map((number) => `${page} does not answer ${number}`)]
}

/** Number, what it asks, what stands here, answer. */
function protocol(house) {
  const page = 'docs/berkeley.tsv'
  const found = []
  const answered = []
  for (const { where, cells } of rows(house, page)) {
    const [number, asks, here, answer] = cells
    if (cells.length !== 4 || !asks.trim() || !here.trim()) found.push(`${where} has no four columns filled`)
    else found.push(...answerProblems(house, answer).map((problem) => `${where} ${number} ${problem}`))
    answered.push(number)
  }
  const wanted = Array.from({ length: 18 }, (_, n) => `BP-${String(n + 1).padStart(2, '0')}`)
  if (answered.join() !== wanted.join())
    found.push(`${page} must answer ${wanted[0]} to ${wanted[17]}, each once`)
  return found
}

/** `test FILE: TITLE`, `page FILE: HEADING`, one or several joined by ` + `; or a reason, at least a few words of it. */
function answerProblems({ root, tests }, answer) {
  if (/^(exception|not applicable|comes with issue \d+): .{20}/.test(answer)) return []
  return answer.split(/ \+ (?=(?:test|page) )/).flatMap((one) => {
    const [, kind, file, name] = /^(test|page) (\S+): (.+)$/.exec(one) ?? []
    if (kind === 'test') {
      const titles = tests.get(file)
      if (!titles) return [`names ${file}, which is no file of tests`]
      return titles.has(name) ? [] : [`names a test that ${file} does not have: ${name}`]
    }
    if (kind === 'page') {
      const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : ''
      const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.trim())
      return headings.includes(name) ? [] : [`names a heading that ${file} does not have: ${name}`]
    }
    return [`is no answer: ${one}`]
  })
}

function rows(house, page) {
  return read(house, page)
    .split('\n')
    .map((line, at) => ({ where: `${page}:${at + 1}`, cells: line.split('\t') }))
    .filter(({ cells }, at) => at > 0 && cells[0] !== '')
}

function read({ root }, page) {
  return readFileSync(join(root, page), 'utf8')
}
