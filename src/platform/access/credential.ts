/** What a request identifies its caller by. The database knows only digests. */
export interface Credential {
  kind: 'session' | 'token' | 'serviceKey'
  /** Of the secret of the session, token or service key; empty if there is none. */
  digest: string
}

/** The credential of a session with this digest. */
export const ofSession = (digest: string): Credential => ({ kind: 'session', digest })
