import { useEffect, useRef, useState } from 'react'
import { formatMessage } from '../../src/platform/messages/format-message'
import { ApiError } from '../api'
import { saveFile } from '../ui/save-file'
import { toast } from '../ui/toast'
import { download } from './download'

/** One download at a time: its progress, its problem and a way to cancel it. Leaving the page cancels it too. */
export function useDownload(url: string, onEnd: () => void) {
  const running = useRef<AbortController | null>(null)
  const [rows, setRows] = useState<number | null>(null)
  const [problem, setProblem] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => () => running.current?.abort(), [])

  async function start() {
    if (running.current) return
    const controller = new AbortController()
    running.current = controller
    setBusy(true)
    setProblem(null)
    try {
      const { file, rows } = await download(url, controller.signal, setRows)
      saveFile(file, 'activity.csv')
      toast(downloaded(rows))
    } catch (error) {
      if (error instanceof ApiError) setProblem(error)
      else if (!controller.signal.aborted) throw error
    } finally {
      running.current = null
      onEnd()
      setBusy(false)
      setRows(null)
    }
  }

  return { busy, rows, problem, start, cancel: () => running.current?.abort() }
}

const downloaded = (count: number) =>
  formatMessage('{count, plural, one {Activity downloaded: # row.} other {Activity downloaded: # rows.}}', { count })
