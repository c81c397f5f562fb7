import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { t } from '../../../src/platform/messages/t'
import { exportCatalogue } from '../../../src/roles/services/schema'
import { ApiError } from '../../api'
import { useEndpoint } from '../../endpoint-hooks'
import { saveJson } from '../../ui/save-file'
import { toast } from '../../ui/toast'

/** Downloads the catalogue as a file that can be imported again. */
export function ExportButton() {
  const catalogue = useEndpoint(exportCatalogue)
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
