import { formatMessage } from '../../src/platform/messages/format-message'
import { ApiError, stream } from '../api'

const newline = 10
/** Data goes to the browser in pieces of this size, which it does not have to keep in memory. */
const pieceBytes = 4_000_000
/** The time between progress reports, in milliseconds. */
const pause = 300

/** Reads a CSV of any length as a stream and reports how many rows have arrived. */
export async function download(url: string, signal: AbortSignal, onRows: (rows: number) => void) {
  const pieces: Blob[] = []
  let recent: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  let lines = 0
  const telling = setInterval(() => onRows(rows()), pause)
  try {
    const reader = (await stream(url, signal)).getReader()
    for (let read = await next(reader); !read.done; read = await next(reader)) {
      recent.push(read.value)
      bytes += read.value.length
      lines += linesIn(read.value)
      if (bytes >= pieceBytes) {
        pieces.push(new Blob(recent))
        recent = []
        bytes = 0
      }
    }
  } finally {
    clearInterval(telling)
  }
  return { file: new Blob([...pieces, ...recent], { type: 'text/csv' }), rows: rows() }

  /** The first line holds the column names. */
  function rows() {
    return Math.max(0, lines - 1)
  }

  async function next(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) {
    try {
      return await reader.read()
    } catch (error) {
      if (signal.aborted) throw error
      throw new ApiError('unreachable', brokenOff(rows()), 0)
    }
  }
}

const brokenOff = (count: number) =>
  formatMessage(
    '{count, plural, one {The download stopped after # row. Nothing was saved. Try again.} other {The download stopped after # rows. Nothing was saved. Try again.}}',
    { count },
  )

function linesIn(piece: Uint8Array) {
  let lines = 0
  for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, at + 1)) lines++
  return lines
}
