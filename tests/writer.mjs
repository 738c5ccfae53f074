// Opens the record in the folder given and writes dossiers until it is killed; prints each id once it is acknowledged.

import { keepPlacing } from '../dist/ledger/settle.js'
import { openDossier } from '../dist/sources/dossier.js'
import { asActor } from '../dist/storage/database.js'
import { openWorkspace } from '../dist/storage/workspace.js'

const workspace = await openWorkspace({ data: process.argv[2] })
process.stdout.write('open\n')
keepPlacing(workspace, () => undefined)
for (;;) {
  const slug = `d-${Math.random().toString(36).slice(2)}`
  try {
    const { id } = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, slug))
    process.stdout.write(`${id}\n`)
  } catch {
    // The engine was killed; the test ends this process too.
    break
  }
}
process.exit(0)
