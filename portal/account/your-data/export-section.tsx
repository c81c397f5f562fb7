import { Button, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { t } from '../../../src/platform/messages/t'
import { ProblemAlert } from '../../ui/callout'
import { Section } from '../../ui/page'
import { saveJson } from '../../ui/save-file'
import { useExportOwnAccount } from '../queries'

export function ExportSection() {
  const data = useExportOwnAccount()
  return (
    <Section title={t('Export my data')}>
      <Stack className="surface" gap="lg" align="flex-start">
        <Text maw="62ch">
          {t(
            'Download a JSON file with everything this site stores about your account: personal info, memberships, role requests, tokens, devices, and all activity by or about you.',
          )}
        </Text>
        <ProblemAlert problem={data.error} />
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={data.isPending}
          onClick={() => data.mutate({}, { onSuccess: (answer) => saveJson(answer, 'my-data.json') })}
        >
          {t('Export my data')}
        </Button>
      </Stack>
    </Section>
  )
}
