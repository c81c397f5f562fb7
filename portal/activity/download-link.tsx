import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { exportPaths } from '../../src/events/schema'

/** All that the filters let through, as a file. The browser shows how far it is. */
export function DownloadLink(props: { organizationId?: string; filters: Record<string, string | undefined> }) {
  const path = props.organizationId
    ? exportPaths.organization.replace('{organizationId}', props.organizationId)
    : exportPaths.site
  const given = Object.entries(props.filters).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return (
    <Button
      component="a"
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden />}
      href={`${path}?${new URLSearchParams(given)}`}
      download="activity.csv"
    >
      Download CSV
    </Button>
  )
}
