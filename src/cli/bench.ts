import { bench } from '../proofs/bench.ts'
import { allHold, lineOf } from '../proofs/figure.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { EXIT, readArguments } from './usage.ts'

export const benchCommand: Command = {
  summary: 'measure how fast this program is on this machine, beside a limit',
  usage:
    'rapporteur bench [start|import|matter|verify|ledger]... [--json]   (in temporary folders; no record is touched)',
  async run(args) {
    const { values, positionals } = readArguments(args, {})
    const output = new Output(values.json)
    const figures = await bench(positionals, (figure) => {
      output.line(lineOf(figure))
      output.object(figure)
    })
    return allHold(figures) ? EXIT.done : EXIT.refused
  },
}
