import type { Connection } from './database'

/** Errors that the database answered with, or the way to it. */
const raised = new WeakSet<object>()

/** Whether it was the database. By its code, an error of any other socket or file looks the same. */
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
