import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What a page hands to the authenticator; the members that ours needs. */
interface Asked {
  readonly challenge?: unknown
  readonly user?: unknown
}

/** An authenticator in software, as the standard has it (W3C Web Authentication, sections 6.1 and 6.5), with one key. */
export class Authenticator {
  readonly id = randomBytes(16)
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  })
  readonly #origin: string
  readonly #rpId: string
  counter = 0
  handle = ''

  constructor(origin: string, rpId = 'localhost') {
    this.#origin = origin
    this.#rpId = rpId
  }

  /** Answer to navigator.credentials.create(). */
  make({ challenge, user }: Asked): Record<string, unknown> {
    this.handle = String((user as { id: string }).id)
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const cose = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ])
    const held = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, cose])
    const data = Buffer.concat([this.#head(0x45), held])
    const object = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
      Buffer.from([data.length]),
      data,
    ])
    return this.#answer({
      attestationObject: object.toString('base64url'),
      clientDataJSON: this.#client('webauthn.create', challenge),
      transports: ['internal'],
    })
  }

  /** Answer to navigator.credentials.get(). */
  show({ challenge }: Asked, { verified = true } = {}): Record<string, unknown> {
    this.counter += 1
    const data = this.#head(verified ? 0x05 : 0x01)
    const client = this.#client('webauthn.get', challenge)
    const hash = createHash('sha256').update(Buffer.from(client, 'base64url')).digest()
    return this.#answer({
      authenticatorData: data.toString('base64url'),
      clientDataJSON: client,
      signature: sign('sha256', Buffer.concat([data, hash]), this.#keys.privateKey).toString('base64url'),
      userHandle: this.handle,
    })
  }

  #head(flags: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([createHash('sha256').update(this.#rpId).digest(), Buffer.from([flags]), counter])
  }

  #client(type: string, challenge: unknown): string {
    return Buffer.from(
      JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }),
    ).toString('base64url')
  }

  #answer(response: object): Record<string, unknown> {
    const id = this.id.toString('base64url')
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
  }
}
