// What runs with the program or is built into its pages, and what must be so of it: a licence that may go with ours, a place in
// the lock file with the hash of its bytes, and a decision about every install script.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences under which a part may be passed on within a program under the AGPL-3.0-or-later. */
const MAY_GO_WITH_OURS = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'PostgreSQL',
])

/** What is wrong with the parts, one sentence each. `lock` is what the lock file says by path, `about` the package itself. */
export function problemsOf({ bill, lock, about }) {
  return [...licences(bill), ...lockFile(lock), ...installScripts({ lock, about })]
}

/** npm lists all that the lock file names; what only builds and tests is left out, what it builds in is not. */
export function billOfMaterials(root, about) {
  const npm = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) throw new Error(`npm could not list the packages: ${npm.stderr || npm.error}`)
  const { serialNumber: _, metadata, components, dependencies, ...head } = JSON.parse(npm.stdout)
  const needs = new Map(dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]))
  const direct = new Set([
    ...Object.keys({ ...about.dependencies, ...about.optionalDependencies }),
    ...builtIntoPages(root),
  ])
  const byRef = new Map(components.map((one) => [one['bom-ref'], one]))
  const kept = new Set()
  const wait = [...(needs.get(metadata.component['bom-ref']) ?? [])].filter((ref) =>
    direct.has(nameOf(byRef.get(ref))),
  )
  for (let ref = wait.pop(); ref !== undefined; ref = wait.pop()) {
    if (kept.has(ref)) continue
    kept.add(ref)
    wait.push(...(needs.get(ref) ?? []))
  }
  const missing = [...direct].filter((name) => ![...kept].some((ref) => nameOf(byRef.get(ref)) === name))
  if (missing.length > 0) throw new Error(`npm lists no ${missing.join(', ')}; run "npm install"`)
  // The same lock file gives the same bytes: no number and no time of this run.
  const { timestamp: __, component, ...known } = metadata
  return {
    ...head,
    metadata: { ...known, component: { ...component, name: about.name } },
    components: components.filter((one) => kept.has(one['bom-ref'])),
    dependencies: dependencies.filter(({ ref }) => kept.has(ref)),
  }
}

/** Packages that the pages import, and the bundler therefore builds into them. */
function builtIntoPages(root) {
  const folder = join(root, 'src', 'web')
  const files = readdirSync(folder, { recursive: true }).map(String)
  const names = files
    .filter((name) => /\.(tsx?|css)$/.test(name))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:from|import) '([^.'][^']*)'/g),
    ])
    .map(([, path]) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  return new Set(names)
}

function licences(bill) {
  return bill.components.flatMap((one) => {
    const given = (one.licenses ?? []).map(
      ({ license, expression }) => expression ?? license?.id ?? license?.name,
    )
    if (given.length > 0 && given.every(mayGoWithOurs)) return []
    return [`${nameOf(one)} ${one.version} has the licence ${given.join(', ') || 'of nobody knows which'}`]
  })
}

/** One of two may be chosen; both of two must be allowed. */
function mayGoWithOurs(expression) {
  const plain = String(expression).replace(/[()]/g, '')
  return plain
    .split(/ OR /)
    .some((choice) => choice.split(/ AND /).every((one) => MAY_GO_WITH_OURS.has(one.trim())))
}

/** Every package has the hash of its bytes and comes from the registry: a lock file without either locks nothing. */
function lockFile(lock) {
  return Object.entries(lock).flatMap(([path, { integrity, resolved, link }]) => {
    if (path === '') return []
    if (link) return [`${path} is a link to a folder, and goes out with nothing`]
    if (!/^sha512-/.test(integrity ?? '')) return [`${path} has no SHA-512 in package-lock.json`]
    const elsewhere = resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')
    return elsewhere ? [`${path} comes from ${resolved}, not from the registry`] : []
  })
}

/** A script that a package would run when it is installed is allowed or refused by name in package.json (`allowScripts`). */
function installScripts({ lock, about }) {
  const decided = about.allowScripts ?? {}
  const wanting = Object.entries(lock)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
  const unknown = [...new Set(wanting)].filter((name) => typeof decided[name] !== 'boolean')
  const idle = Object.keys(decided).filter((name) => !wanting.includes(name))
  return [
    ...unknown.map(
      (name) => `${name} has an install script that "allowScripts" in package.json does not decide`,
    ),
    ...idle.map((name) => `"allowScripts" in package.json names ${name}, which has no install script`),
  ]
}

function nameOf(component) {
  const { group, name } = component ?? {}
  return group ? `${group}/${name}` : name
}
