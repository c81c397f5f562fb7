import type { Connection } from './database'

/** Errors that came from the database or from the connection to it. */
const raised = new WeakSet<object>()

/** Whether an error came from the database. By its code alone, an error of any other socket or file looks the same. */
export const ofDatabase = (error: unknown): boolean => typeof error === 'object' && error !== null && raised.has(error)

export async function noting<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (typeof error === 'object' && error !== null) raised.add(error)
    throw error
  }
}

export const notingConnection = (connection: Connection): Connection => ({
  query: (statement, values) => noting(connection.query(statement, values)),
  release: (error) => connection.release(error),
})
