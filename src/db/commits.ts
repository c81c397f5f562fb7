import { Gathering } from './gathering'
import type { Statement } from './sql'

/** What the database itself is asked for. */
export interface Committing {
  alone(statement: Statement): Promise<unknown[]>
  /** All of them, in this order, or none. */
  inOneTransaction(statements: Statement[]): Promise<unknown[][]>
}

interface Save {
  statement: Statement
  locks: string
}

/**
 * Saves that are asked for at the same moment are one transaction: they go to the database in one trip, and wait for the
 * disk once. Each is a statement of its own, which sees what those before it did. See ADR 9.
 */
export class Commits {
  private readonly gathering = new Gathering<Save, unknown[]>((batch) => this.commit(batch))

  constructor(private readonly committing: Committing) {}

  /** `locks` is what the statement locks first, an id. */
  rows(statement: Statement, locks: string): Promise<unknown[]> {
    return this.gathering.add({ statement, locks })
  }

  private async commit(batch: Save[]): Promise<(unknown[] | Promise<unknown[]>)[]> {
    return batch.length > 1 ? this.commitTogether(batch) : this.commitAlone(batch)
  }

  private commitAlone(batch: Save[]): Promise<unknown[]>[] {
    return batch.map(({ statement }) => this.committing.alone(statement))
  }

  private async commitTogether(batch: Save[]) {
    // In the same order everywhere, so that two transactions do not wait for each other.
    const ordered = batch.toSorted((one, other) => (one.locks < other.locks ? -1 : one.locks > other.locks ? 1 : 0))
    try {
      const answers = await this.committing.inOneTransaction(ordered.map(({ statement }) => statement))
      return batch.map((save) => answers[ordered.indexOf(save)]!)
    } catch (error) {
      // Nothing was done. One of them may be impossible, or have to wait; the others have nothing to do with that.
      if (isAboutOne(error)) return this.commitAlone(batch)
      throw error
    }
  }
}

/** Not where the connection is lost, or the database as a whole is in trouble: SQLSTATEs 08, 53, 57 and 58. */
const isAboutOne = (error: unknown): boolean =>
  /^(?!08|53|57|58)[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code))
