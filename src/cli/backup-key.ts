import { existsSync, writeFileSync } from 'node:fs'
import { Refusal } from '../foundation/refusal.ts'
import { newIdentity } from '../storage/age.ts'
import type { Command } from './command.ts'
import { destination } from './destination.ts'
import { Output } from './output.ts'
import { EXIT, positional, readArguments } from './usage.ts'

export const backupKey: Command = {
  summary: 'a key pair for encrypted backups: the secret half into a file to keep offline',
  usage: 'rapporteur backup-key --to FILE [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, { to: { type: 'string' } })
    positional(positionals, { count: 0, what: 'only --to FILE' })
    const output = new Output(values.json)
    const file = destination(values.to)
    if (existsSync(file)) {
      const sentence = `${file} is there already; a key is never written over, name another file.`
      throw new Refusal('file_unwritable', sentence)
    }
    const { identity, recipient } = await newIdentity()
    writeFileSync(file, `# public half, for --recipient: ${recipient}\n${identity}\n`, {
      mode: 0o600,
      flag: 'wx',
    })
    output.object({ file, recipient })
    output.line(
      `The secret half is in ${file}: move it off this machine, in two places. Without it no backup opens.`,
    )
    output.line(`The public half, for backups:\n${recipient}`)
    return EXIT.done
  },
}
