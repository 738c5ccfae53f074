// Started by the program itself beside its database engine; nobody needs to run it by hand.
const { keepEngine } = await import(new URL('../dist/storage/keep-engine.js', import.meta.url))
await keepEngine(process.argv[2])
