import { get } from 'node:http'
import { Refusal } from '../foundation/refusal.ts'

/** Milliseconds that a program on this machine may take to say what it is. */
const PATIENCE = 1000
const HIGHEST_PORT = 65535

/** The refusal of a port that somebody holds: whether that is this program, and the way on. */
export async function portTaken(port: number, cause: unknown): Promise<Refusal> {
  const other = `--port ${port < HIGHEST_PORT ? port + 1 : port - 1}`
  const sentence = (await isRapporteur(port))
    ? `Rapporteur is open at port ${port} already: use the address that its start printed, stop it there, or open this record beside it with ${other}.`
    : `Port ${port} is in use by another program; stop it, or choose another one, as with ${other}.`
  return new Refusal('port_taken', sentence, {}, { cause })
}

/** Whoever asks this program without its key is refused in its own words. */
function isRapporteur(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { Host: `localhost:${port}` }
    const asked = get({ host: '127.0.0.1', port, path: '/api/house', headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
        // No refusal is this long.
        if (text.length > 10_000) asked.destroy()
      })
      answer.on('end', () => resolve(/"code":"key_missing".*rapporteur/.test(text)))
      answer.on('close', () => resolve(false))
    })
    asked.on('error', () => resolve(false))
    const late = setTimeout(() => asked.destroy(), PATIENCE)
    asked.on('close', () => {
      clearTimeout(late)
      resolve(false)
    })
  })
}
