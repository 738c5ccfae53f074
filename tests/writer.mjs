// Opens the record in the folder given and writes dossiers until it is killed; prints each id once it is acknowledged.

import { keepPlacing } from '../dist/ledger/settle.js'
import { actingFor } from '../dist/protection/at-terminal.js'
import { openDossier } from '../dist/sources/dossier.js'
import { asActor } from '../dist/storage/database.js'
import { openWorkspace } from '../dist/storage/workspace.js'

const workspace = await openWorkspace({ data: process.argv[2] })
// Where the record is an organisation's, whoever made the token of RAPPORTEUR_TOKEN writes.
const actor = await actingFor(workspace, process.env.RAPPORTEUR_TOKEN)
process.stdout.write('open\n')
keepPlacing(workspace, () => undefined)
for (;;) {
  const slug = `d-${Math.random().toString(36).slice(2)}`
  try {
    const { id } = await asActor(workspace.database, actor, (tx) => openDossier(tx, slug))
    process.stdout.write(`${id}\n`)
  } catch {
    // The engine was killed; the test ends this process too.
    break
  }
}
process.exit(0)
