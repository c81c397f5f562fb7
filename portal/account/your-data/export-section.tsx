import { Button, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { ProblemAlert } from '../../ui/callout'
import { Section } from '../../ui/page'
import { saveJson } from '../../ui/save-file'
import { useExportOwnAccount } from '../own-account-queries'

export function ExportSection() {
  const data = useExportOwnAccount()
  return (
    <Section title="Export my data">
      <Stack className="surface" gap="lg" align="flex-start">
        <Text maw="62ch">
          All that this site keeps about your account, as a file (JSON): personal info, memberships, role requests,
          devices, and what you did or what was done to you.
        </Text>
        <ProblemAlert problem={data.error} />
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={data.isPending}
          onClick={() => data.mutate({}, { onSuccess: (answer) => saveJson(answer, 'my-data.json') })}
        >
          Export my data
        </Button>
      </Stack>
    </Section>
  )
}
