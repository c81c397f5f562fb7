import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { jsonOf, WrongFile } from '../../src/roles/services/file'
import { ImportDialog } from './import-dialog'

export interface ChosenFile {
  name: string
  /** What is in it. */
  content: unknown
  /** Why it cannot be read. */
  wrong?: string
}

/** A file is chosen, then what it would change is shown, then it is confirmed. */
export function ImportButton() {
  const [file, setFile] = useState<ChosenFile | null>(null)
  const forget = useRef<() => void>(null)
  async function choose(chosen: File | null) {
    if (!chosen) return
    setFile({ name: chosen.name, ...contentOf(new Uint8Array(await chosen.arrayBuffer())) })
    // The same file can be chosen again, once it is corrected.
    forget.current?.()
  }
  return (
    <>
      <FileButton
        accept="application/json,.json"
        resetRef={forget}
        inputProps={{ 'aria-label': 'File to import' }}
        onChange={(chosen) => void choose(chosen)}
      >
        {(button) => (
          <Button variant="default" leftSection={<IconUpload size={18} aria-hidden />} {...button}>
            Import
          </Button>
        )}
      </FileButton>
      {file && <ImportDialog file={file} onClose={() => setFile(null)} />}
    </>
  )
}

function contentOf(bytes: Uint8Array): { content: unknown; wrong?: string } {
  try {
    return { content: jsonOf(bytes) }
  } catch (error) {
    if (!(error instanceof WrongFile)) throw error
    return { content: undefined, wrong: error.message }
  }
}
