import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { type ChosenFile, contentOf } from './chosen-file'
import { ImportDialog } from './import-dialog'

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
