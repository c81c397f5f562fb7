/** How many sessions are remembered. */
const most = 10_000

/**
 * Whose sessions those are that were seen last. It is for sharing places fairly and for nothing else: who somebody is
 * the database says, each time.
 */
export class SessionOwners {
  private readonly accounts = new Map<string, string>()

  note(session: string, accountId: string): void {
    if (this.accounts.has(session)) return
    if (this.accounts.size >= most) this.accounts.delete(this.accounts.keys().next().value!)
    this.accounts.set(session, accountId)
  }

  /** The account, or the session itself where it was not seen. */
  of(session: string): string {
    return this.accounts.get(session) ?? session
  }
}
