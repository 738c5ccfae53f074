// Who may use whom. A room uses only the rooms above it; a store is its room's own; nothing imports a door.
const ROOMS = ['foundation', 'display', 'storage', 'ledger', 'protection', 'vocabularies', 'sources', 'matters', 'statements', 'search', 'publication']
const DOORS = ['server', 'cli', 'web', 'proofs']
// These two are pure and needed below their room.
const PURE = '^src/protection/(actor|may)\\.ts$'

const order = ROOMS.map((room, place) => ({
  name: `${room}-uses-only-rooms-above`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/(${[...ROOMS.slice(place + 1), ...DOORS].join('|')})/`, pathNot: PURE },
}))

export default {
  forbidden: [
    ...order,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    { name: 'no-tests-in-the-product', severity: 'error', from: { pathNot: '\\.test\\.ts$' }, to: { path: '\\.test\\.ts$' } },
    { name: 'the-web-never-reaches-the-database', severity: 'error', from: { path: '^src/web/' }, to: { path: '^src/storage/|node_modules/pg/', reachable: true } },
    { name: 'no-unknown-imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] } },
}
