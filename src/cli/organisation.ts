import { organisationsIn } from '../ledger/organisations.ts'
import { settle } from '../ledger/settle.ts'
import {
  becomeAtTerminal,
  foundOrganisation,
  resetAtTerminal,
  worksAlone,
} from '../protection/at-terminal.ts'
import { siteAddress } from './address.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { atTerminal } from './record.ts'
import { EXIT, positional, readArguments, UsageError } from './usage.ts'

export const organisation: Command = {
  summary: 'work with others: make the record an organisation’s, add another one, or set an account anew',
  usage:
    'rapporteur organisation NAME [--person NAME --login LOGIN] [--administrator LOGIN] | --reset LOGIN  [--address URL] [--data DIR] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      person: { type: 'string' },
      login: { type: 'string' },
      administrator: { type: 'string', default: 'administrator' },
      reset: { type: 'string' },
      address: { type: 'string', default: 'http://localhost:7300' },
    })
    const address = siteAddress(values.address)
    const output = new Output(values.json)
    const [name = ''] = positionals
    positional(positionals, { count: values.reset === undefined ? 1 : 0, what: 'one name, or --reset LOGIN' })
    if (values.sample) throw new UsageError('The sample is for one person at this computer.')
    const link = (code: string) => `${address}/invitation#${code}`
    const { reset } = values
    return atTerminal(values, async (workspace) => {
      if (reset !== undefined) {
        const { code } = await resetAtTerminal(workspace, reset)
        output.object({ login: reset, link: link(code) })
        output.line(`${reset} signs in anew by this link, once and within three days:\n${link(code)}`)
      } else if (await worksAlone(workspace)) {
        const { person = 'First person', login = 'person' } = values
        const administrator = { name: 'Administrator', login: values.administrator }
        const made = await becomeAtTerminal(workspace, {
          name,
          person: { name: person, login },
          administrator,
        })
        const links = { person: link(made.person ?? ''), administrator: link(made.administrator) }
        output.object({ organisation: name, ...links })
        output.line(
          `This record is ${name}’s now; nothing recorded was changed. Each link makes one account its person’s own, once and within three days.`,
        )
        output.line(`${login}, who worked here alone and sees all that was recorded:\n${links.person}`)
        output.line(
          `${values.administrator}, who takes people in and sees no content:\n${links.administrator}`,
        )
      } else {
        const administrator = { name: 'Administrator', login: values.administrator }
        const made = await foundOrganisation(workspace, { name, administrator })
        output.object({ organisation: name, administrator: link(made.administrator) })
        const { length } = await organisationsIn(workspace)
        output.line(
          `${name} works on this server now, one of ${length}. ${values.administrator} begins with this link, once and within three days:\n${link(made.administrator)}`,
        )
      }
      await settle(workspace)
      return EXIT.done
    })
  },
}
