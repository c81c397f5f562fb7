interface Log {
  error(what: object, text: string): void
}

/** How many rows a process works on at once: in all, and of one connection, so that a slow service delays no other. */
export interface Room {
  inAll: number
  ofConnection: number
}

/** The rows that a process works on, by connection. */
export class InProgress {
  private readonly works = new Map<string, Set<Promise<void>>>()

  constructor(
    private readonly most: Room,
    private readonly log: Log,
    /** Called when enough rows are finished, so that others can begin. */
    private readonly onDone: () => void,
  ) {}

  /** How much more can begin, and the connections of which nothing can. */
  room(): Room & { busy: string[] } {
    const busy = [...this.works].flatMap(([id, those]) => (those.size >= this.most.ofConnection ? id : []))
    return { inAll: this.most.inAll - this.all().length, ofConnection: this.most.ofConnection, busy }
  }

  follow(connectionId: string, work: Promise<unknown>): void {
    const those = this.works.get(connectionId) ?? new Set()
    this.works.set(connectionId, those)
    // If its end cannot be saved, the row is free again when the claim expires.
    const followed = work
      .catch((error) => this.log.error({ err: error }, 'work on a connected service could not be recorded'))
      .then(() => {
        those.delete(followed)
        if (those.size === 0) this.works.delete(connectionId)
        // Looking for more after each row would cost more than the row.
        if (those.size <= this.most.ofConnection / 2) this.onDone()
      })
    those.add(followed)
  }

  /** Waits for what is in progress. */
  async finish(): Promise<void> {
    await Promise.all(this.all())
  }

  private all(): Promise<void>[] {
    return [...this.works.values()].flatMap((those) => [...those])
  }
}
