/** How many sessions are remembered. */
const most = 10_000

/**
 * Maps recently used sessions to their accounts. Only for sharing slots fairly: the database decides who the caller is,
 * each time.
 */
export class SessionOwners {
  private readonly accounts = new Map<string, string>()

  note(session: string, accountId: string): void {
    if (this.accounts.has(session)) return
    if (this.accounts.size >= most) this.accounts.delete(this.accounts.keys().next().value!)
    this.accounts.set(session, accountId)
  }

  /** The account, or the session itself if its account is unknown. */
  of(session: string): string {
    return this.accounts.get(session) ?? session
  }
}
