import { defineConfig } from 'vitest/config'
import { HAS_DEBIAN_SERVER } from './tests/debian-server.ts'

/** What speaks to the database, repeated on the oldest server that is supported where one is installed. */
const ON_POSTGRES_15 = ['tests/tables.test.ts', 'tests/schema.test.ts', 'tests/record.test.ts']

// Vitest reads its configuration from a default export.
// biome-ignore lint/style/noDefaultExport: see above
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', './tests/closing-line.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'own engine',
          include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          globalSetup: ['tests/engine.ts'],
        },
      },
      ...(HAS_DEBIAN_SERVER
        ? [
            {
              extends: true as const,
              test: { name: 'PostgreSQL 15', include: ON_POSTGRES_15, globalSetup: ['tests/engine-15.ts'] },
            },
          ]
        : []),
    ],
  },
})
