import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { type ChosenFile, contentOf } from './chosen-file'
import { ImportDialog } from './import-dialog'

/** Opens a file, then shows what it would change before anything is imported. */
export function ImportButton() {
  const [file, setFile] = useState<ChosenFile | null>(null)
  const forget = useRef<() => void>(null)
  async function choose(chosen: File | null) {
    if (!chosen) return
    setFile({ name: chosen.name, ...contentOf(new Uint8Array(await chosen.arrayBuffer())) })
    // Allows the same file to be chosen again after it was corrected.
    forget.current?.()
  }
  return (
    <>
      <FileButton
        accept="application/json,.json"
        resetRef={forget}
        inputProps={{ 'aria-label': t('File to import') }}
        onChange={(chosen) => void choose(chosen)}
      >
        {(button) => (
          <Button variant="default" leftSection={<IconUpload size={18} aria-hidden />} {...button}>
            {t('Import')}
          </Button>
        )}
      </FileButton>
      {file && <ImportDialog file={file} onClose={() => setFile(null)} />}
    </>
  )
}
