import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { t } from '../../../src/platform/messages/t'
import { ApiError } from '../../api'
import { saveJson } from '../../ui/save-file'
import { toast } from '../../ui/toast'
import { useExportCatalogue } from './queries'

/** Downloads the catalogue as a file that can be imported again. */
export function ExportButton() {
  const catalogue = useExportCatalogue()
  async function download() {
    try {
      saveJson(await catalogue.mutateAsync({}), 'catalogue.json')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      toast(error.message, 'bad')
    }
  }
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden />}
      loading={catalogue.isPending}
      onClick={() => void download()}
    >
      {t('Export')}
    </Button>
  )
}
