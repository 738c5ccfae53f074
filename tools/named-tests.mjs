// What the tests are called, read from their source, and which rules the rooms have: so that a page that names a test or a
// rule that is gone fails the check. Titles stand as they are written, with their %s and ${…}.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'

/** Files of tests by their path from the root, with the titles of those that are not switched off. */
export function testsOf(root) {
  const found = new Map()
  for (const folder of ['tests', 'src'].map((one) => join(root, one)).filter((one) => existsSync(one)))
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.test\.tsx?$/.test(entry.name)) continue
      const path = join(entry.parentPath ?? entry.path, entry.name)
      found.set(relative(root, path).split(sep).join('/'), titlesIn(readFileSync(path, 'utf8'), path))
    }
  return found
}

/** Numbered rules of every SPEC.md: those of the rooms, and of the check itself. */
export function rulesOf(root) {
  const rules = new Map()
  for (const room of [...readdirSync(join(root, 'src')).map((one) => `src/${one}`), 'tools']) {
    const spec = join(root, room, 'SPEC.md')
    if (!existsSync(spec)) continue
    const numbers = [...readFileSync(spec, 'utf8').matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map(([, one]) => one)
    rules.set(room, new Set(numbers))
  }
  return rules
}

/** The rules that a title says it proves: the numbers that it begins with. */
export function provedBy(title) {
  return /^(?:[A-Z]+\d+ )+/.exec(title)?.[0].trim().split(' ') ?? []
}

function titlesIn(text, path) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const titles = new Set()
  const visit = (node) => {
    if (ts.isCallExpression(node)) {
      const { name, off } = calledAs(node.expression)
      // Nothing within a part that is switched off is run.
      if (off) return
      const [title] = node.arguments
      if ((name === 'test' || name === 'it') && title && ts.isStringLiteralLike(title)) titles.add(title.text)
      else if ((name === 'test' || name === 'it') && title && ts.isTemplateExpression(title))
        titles.add(title.getText().slice(1, -1))
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return titles
}

/** `test`, `test.each(…)` and `test.skipIf(…)` are tests, `test.skip` and `test.todo` are none. */
function calledAs(expression) {
  if (ts.isIdentifier(expression)) return { name: expression.text, off: false }
  if (ts.isCallExpression(expression)) return calledAs(expression.expression)
  if (!ts.isPropertyAccessExpression(expression)) return { name: null, off: false }
  const { name, off } = calledAs(expression.expression)
  const of = ['test', 'it', 'describe'].includes(name)
  return { name, off: off || (of && ['skip', 'todo'].includes(expression.name.text)) }
}
