import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../src/', import.meta.url))
const FILES = readdirSync(SRC, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))

interface Place {
  readonly path: string
  readonly node: ts.Node
}

function placesIn(path: string, text: string): Place[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
  const found: Place[] = []
  const visit = (node: ts.Node): void => {
    found.push({ path, node })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const HOUSE = FILES.flatMap((path) => placesIn(path, readFileSync(join(SRC, path), 'utf8')))

function said({ path, node }: Place): string {
  return `${path}: ${node.getText().replace(/\s+/g, ' ').slice(0, 90)}`
}

/** Every place where this is so; and the same of a text that was made to have it, since a search that finds nothing proves nothing. */
function found(isSo: (node: ts.Node, path: string) => boolean, planted: readonly string[]): string[] {
  for (const text of planted) {
    const places = placesIn('web/planted.tsx', text)
    expect([text, places.some(({ node, path }) => isSo(node, path))]).toEqual([text, true])
  }
  return HOUSE.filter(({ node, path }) => isSo(node, path)).map(said)
}

const MARKUP = new Set([
  'innerHTML',
  'outerHTML',
  'dangerouslySetInnerHTML',
  'srcdoc',
  'srcDoc',
  'insertAdjacentHTML',
])
const AS_CODE = new Set(['eval', 'Function', 'setTimeout', 'setInterval', 'execScript'])

/** The last word of what is called or made: `b` of `a.b(…)`. */
function called(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return null
  const { expression } = node
  if (ts.isIdentifier(expression)) return expression.text
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : null
}

function firstOf(node: ts.Node): ts.Expression | undefined {
  return ts.isCallExpression(node) || ts.isNewExpression(node) ? node.arguments?.[0] : undefined
}

function isText(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
}

describe('what no line of code here does', () => {
  test('Y6 nothing of the record becomes markup: no page sets HTML', () => {
    const sets = (node: ts.Node): boolean =>
      (ts.isIdentifier(node) && MARKUP.has(node.text)) ||
      (['write', 'writeln'].includes(called(node) ?? '') && /^(window\.)?document\./.test(node.getText())) ||
      ['createContextualFragment', 'parseFromString', 'setHTMLUnsafe'].includes(called(node) ?? '')
    const planted = [
      'element.innerHTML = words',
      'const page = <p dangerouslySetInnerHTML={{ __html: words }} />',
      'document.write(words)',
      "element.insertAdjacentHTML('beforeend', words)",
      "new DOMParser().parseFromString(words, 'text/html')",
    ]
    expect(found(sets, planted)).toEqual([])
  })

  test('Y6 an address of a link is made by this program, never taken from the record', () => {
    // `to` is a path within the record (display/paths.ts); a blob is what was just fetched from it; the address that an
    // authenticator app reads is made by totp.ts.
    const MADE = /^(\{to\}|\{secret\.uri\}|"#main"|\{paths\.|\{blob\})/
    const taken = (node: ts.Node): boolean =>
      ts.isJsxAttribute(node) &&
      // Of an element of HTML; what a component of ours does with it is seen there.
      /^<[a-z]/.test(node.parent.parent.getText()) &&
      ['href', 'src', 'action', 'formAction', 'xlinkHref', 'data'].includes(node.name.getText()) &&
      !MADE.test(node.initializer?.getText() ?? '')
    expect(
      found(taken, ['const x = <a href={source.provenance.url}>there</a>', 'const y = <img src={words} />']),
    ).toEqual([])
  })

  test('Y6 no text is run as code', () => {
    const runs = (node: ts.Node): boolean => {
      const name = called(node)
      if (name === null || !AS_CODE.has(name))
        return name === 'runInThisContext' || name === 'runInNewContext'
      return ['eval', 'Function', 'execScript'].includes(name) || isText(firstOf(node))
    }
    expect(found(runs, ["eval('1')", "new Function('return 1')", "setTimeout('run()', 1)"])).toEqual([])
  })

  /** What may stand in the words of a question beside its values: each is a constant of the code, or made of such alone. */
  const SPELLED: Readonly<Record<string, readonly string[]>> = {
    'ledger/change.ts': ['into'],
    'ledger/drill.ts': ['table'],
    'ledger/verify-log.ts': ['order', 'table'],
    'ledger/verify-revisions.ts': ['columns'],
    'ledger/verify-rows.ts': [
      'kind',
      'Object.keys(derived.columns)',
      'derived',
      'table',
      'tables',
      'column',
      'searchable',
      'by',
    ],
    'ledger/write-rows.ts': ['kind', 'text', 'table', 'owner', 'names', 'types'],
    'search/search-record.ts': ['inAllLanguages'],
    'statements/hold-finding.ts': ['column'],
    'statements/show-record.ts': ['table'],
    'sources/source-store.ts': ['by', 'way', 'beyond', 'after === null', "typed.trim() === ''"],
    'statements/statement-store.ts': ['column', 'sources === null'],
    'protection/at-terminal.ts': ['table'],
    'protection/consent-store.ts': ['table', 'where'],
    'protection/data-store.ts': ['table'],
    'protection/erasure-store.ts': ['table'],
    'protection/guard-of.ts': ['table'],
    'protection/level-store.ts': ['column', 'where', 'wanted'],
  }

  test('Y7 no value is written into the words of a question to the database', () => {
    const strange = (node: ts.Node, path: string): boolean => {
      const words = firstOf(node)
      if (called(node) !== 'query' || !words) return false
      // The machine's own work on its own schema names tables and roles that it made itself.
      if (/^(storage|proofs)\//.test(path)) return false
      const pieces = ts.isTemplateExpression(words)
        ? words.templateSpans.map(({ expression }) => expression.getText())
        : []
      const joined = ts.isBinaryExpression(words)
      const known = (piece: string) =>
        /^[A-Z][A-Z_]*(\[\w+\])?$/.test(piece) ||
        (SPELLED[path] ?? []).some((one) => piece.startsWith(one) && !/^\w/.test(piece.slice(one.length)))
      return joined || pieces.some((piece) => !known(piece))
    }
    expect(
      found(strange, [`tx.query(\`select 1 from a where b = '$\{typed}'\`)`, "tx.query('select ' + typed)"]),
    ).toEqual([])
  })

  test('Y7 no program is started by a line that a shell reads', () => {
    const shell = (node: ts.Node, path: string): boolean => {
      if (path.startsWith('web/') && path !== 'web/planted.tsx') return false
      if (['execSync', 'execFileSync'].includes(called(node) ?? '')) return called(node) === 'execSync'
      if (ts.isPropertyAssignment(node) && node.name.getText() === 'shell')
        return node.initializer.kind !== ts.SyntaxKind.FalseKeyword
      return ts.isImportSpecifier(node) && ['exec', 'execSync'].includes(node.name.text)
    }
    const planted = [
      "import { exec } from 'node:child_process'",
      "spawn('ls', [name], { shell: true })",
      'execSync(line)',
    ]
    expect(found(shell, planted)).toEqual([])
  })

  test('Y8 what is hashed, signed or encrypted uses what is sound today', () => {
    // TOTP is SHA-1 by its standard (RFC 6238); HMAC does not rest on collisions.
    const SOUND = ["'sha256'", "'sha512'", "'ed25519'"]
    const weak = (node: ts.Node, path: string): boolean => {
      const name = called(node) ?? ''
      if (!['createHash', 'createHmac', 'createCipheriv', 'generateKeyPairSync', 'createSign'].includes(name))
        return false
      const algorithm = firstOf(node)?.getText() ?? ''
      if (name === 'createCipheriv') return algorithm !== "'aes-256-gcm'"
      return !SOUND.includes(algorithm) && !(path === 'protection/totp.ts' && algorithm === "'sha1'")
    }
    const planted = [
      "createHash('md5')",
      "createHmac('sha1', key)",
      "createCipheriv('aes-256-ecb', key, null)",
    ]
    expect(found(weak, planted)).toEqual([])
  })

  test('Y8 nothing that must not be guessed comes from Math.random', () => {
    const guessed = (node: ts.Node): boolean =>
      called(node) === 'random' && node.getText().startsWith('Math.')
    expect(found(guessed, ['const key = Math.random()'])).toEqual([])
  })

  test('Y11 a field for a password hides it, and takes what is pasted or filled in', () => {
    const attribute = (node: ts.JsxOpeningLikeElement, name: string) =>
      node.attributes.properties
        .filter(ts.isJsxAttribute)
        .find((one) => one.name.getText() === name)
        ?.initializer?.getText()
    const shows = (node: ts.Node): boolean => {
      if (!ts.isJsxOpeningElement(node) && !ts.isJsxSelfClosingElement(node)) return false
      const isPassword = /password/.test(attribute(node, 'autoComplete') ?? '')
      if (isPassword !== (attribute(node, 'type') === '"password"')) return true
      return (
        isPassword && ['onPaste', 'onDrop', 'onBeforeInput'].some((one) => attribute(node, one) !== undefined)
      )
    }
    const planted = [
      'const a = <input autoComplete="current-password" />',
      'const b = <TextField type="password" autoComplete="off" />',
      'const c = <input type="password" autoComplete="new-password" onPaste={refuse} />',
    ]
    expect(found(shows, planted)).toEqual([])
  })

  test('Y9 the store of the browser holds how the page looks and what lets it in, and nothing of the record', () => {
    const KEPT = /^window\.localStorage\.setItem\((REMEMBERED|KEY|OFF), /
    // Which case a window has open, for as long as it is: its random id and its code.
    const OF_THE_WINDOW = /^window\.sessionStorage\.setItem\(KEPT, `\$\{\w+\.id\} \$\{\w+\.code\}`\)$/
    const kept = (node: ts.Node): boolean => {
      if (ts.isIdentifier(node) && ['indexedDB', 'caches'].includes(node.text)) return true
      return called(node) === 'setItem' && !KEPT.test(node.getText()) && !OF_THE_WINDOW.test(node.getText())
    }
    const planted = [
      "window.localStorage.setItem('last', JSON.stringify(page))",
      'window.sessionStorage.setItem(KEPT, words)',
      'window.indexedDB.open(name)',
    ]
    expect(found(kept, planted)).toEqual([])
    const remembered = HOUSE.filter(({ node }) => called(node) === 'setItem').map(said)
    expect(remembered.length).toBeGreaterThan(2)
  })
})
