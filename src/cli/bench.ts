import { bench } from '../proofs/bench.ts'
import { allHold, lineOf } from '../proofs/figure.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { EXIT, readArguments } from './usage.ts'

export const benchCommand: Command = {
  summary: 'measure how fast this program is on this machine, beside a limit',
  usage:
    'rapporteur bench [start|import|matter|pages|search|verify|pdf|ledger]... [--json]\n\nWithout a name all eight, about a quarter of an hour on two cores (start a minute, verify the longest), in temporary folders; no record is touched.\nExit 1 says that a goal was missed, or that there is no bench of that name; it is no failure of the program.',
  async run(args) {
    const { values, positionals } = readArguments(args, {})
    const output = new Output(values.json)
    let stop = () => {}
    try {
      const report = (figure: Parameters<typeof lineOf>[0]) => {
        output.line(lineOf(figure))
        output.object(figure)
      }
      const figures = await bench(positionals, report, ({ name, n, of }) => {
        stop()
        stop = output.waiting(`measuring ${name} (${n} of ${of})`)
      })
      return allHold(figures) ? EXIT.done : EXIT.refused
    } finally {
      stop()
    }
  },
}
