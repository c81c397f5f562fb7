import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../api'
import { counted } from '../ui/person-name'
import { saveFile } from '../ui/save-file'
import { toast } from '../ui/toast'
import { download } from './download'

/** One download at a time: how far it is, why it failed, and a way to end it. Leaving the page ends it too. */
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
      toast(`Activity is downloaded: ${counted(rows, 'row')}.`)
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
