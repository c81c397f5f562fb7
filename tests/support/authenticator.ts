import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

interface Options {
  challenge: string
  rp?: { id: string }
  rpId?: string
}

/** Faults of an authenticator or browser, or forgeries. */
interface Twist {
  origin?: string
  rpId?: string
  verified?: boolean
}

const hash = (data: string | Buffer) => createHash('sha256').update(data).digest()
const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])
const bytes = (data: Buffer) => Buffer.concat([Buffer.from([0x58, data.length]), data])

/** A software authenticator with one passkey (ES256, no attestation), with responses in the browser's format. */
export class Authenticator {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly id = randomBytes(32)
  private counter = 0

  constructor(private readonly origin: string) {}

  /** Answers the options for a new passkey. */
  create(options: unknown, twist: Twist = {}) {
    const { challenge, rp } = options as Options
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' }) as { x: string; y: string }
    const key = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(Buffer.from(x, 'base64url')),
      Buffer.from([0x22]),
      bytes(Buffer.from(y, 'base64url')),
    ])
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, key])
    const data = Buffer.concat([this.data(twist.rpId ?? rp!.id, 0x40, twist), credential])
    const attestation = [text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData'), bytes(data)]
    return this.answer({
      clientDataJSON: this.client('webauthn.create', challenge, twist).toString('base64url'),
      attestationObject: Buffer.concat([Buffer.from([0xa3]), ...attestation]).toString('base64url'),
      transports: ['internal'],
    })
  }

  /** Answers the options for signing in. */
  get(options: unknown, twist: Twist = {}) {
    const { challenge, rpId } = options as Options
    const client = this.client('webauthn.get', challenge, twist)
    const data = this.data(twist.rpId ?? rpId!, 0, twist)
    return this.answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', Buffer.concat([data, hash(client)]), this.keys.privateKey).toString('base64url'),
    })
  }

  private client(type: string, challenge: string, { origin = this.origin }: Twist) {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  private data(rpId: string, flags: number, { verified = true }: Twist) {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++this.counter)
    return Buffer.concat([hash(rpId), Buffer.from([flags | 0x01 | (verified ? 0x04 : 0)]), counter])
  }

  private answer<Response extends { clientDataJSON: string }>(response: Response) {
    const id = this.id.toString('base64url')
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
  }
}
