// Started by the program itself, shut in, for files that stand on its standard input; nobody needs to run it by hand.
const { readStandardInput } = await import(new URL('../dist/sources/read-child.js', import.meta.url))
await readStandardInput()
