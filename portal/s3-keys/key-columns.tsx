import { Group, Stack, Text } from '@mantine/core'
import type { S3Key, S3KeysOfService } from '../../src/connections/s3-keys/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { CopyIcon } from '../ui/copy-icon'
import type { Column } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { Moment } from '../ui/moment'
import { Badge } from '../ui/state-badge'

export const s3KeyColumns = (of: S3KeysOfService): Column<S3Key>[] => [
  { header: t('Name'), wide: true, cell: (item) => <NameAndAccessKey item={item} /> },
  { header: t('Created'), cell: ({ createdAt }) => <Moment at={createdAt} as="day" /> },
  { header: t('Expires'), cell: (item) => <S3KeyExpiry item={item} /> },
  { header: t('State'), cell: (item) => <S3KeyState item={item} of={of} /> },
]

function NameAndAccessKey({ item: { name, accessKey } }: { item: S3Key }) {
  return (
    <>
      <Text fw={600}>{name}</Text>
      <Group gap={4} wrap="nowrap">
        <Text size="sm" ff="monospace" c="dimmed">
          {accessKey}
        </Text>
        <CopyIcon text={accessKey} label={t('Copy access key of {name}', { name: isolated(name) })} />
      </Group>
    </>
  )
}

function S3KeyExpiry({ item: { expiresAt, ofMembership } }: { item: S3Key }) {
  return (
    <>
      {expiresAt ? <Moment at={expiresAt} as="day" /> : ofMembership ? t('With your membership') : t('Never')}
      {expiresAt && ofMembership && <Detail>{t('At the latest with your membership')}</Detail>}
    </>
  )
}

function S3KeyState({ item: { state }, of }: { item: S3Key; of: S3KeysOfService }) {
  if (state === 'ready') return <Badge tone="green">{t('Ready')}</Badge>
  if (state === 'off')
    return (
      <Stack gap={4} align="flex-start">
        <Badge tone="grey">{t('Off')}</Badge>
        <Detail maw="11rem">{t('Works again once you can use this service.')}</Detail>
      </Stack>
    )
  return (
    <Stack gap={4} align="flex-start">
      <Badge tone="amber">{t('On its way')}</Badge>
      {/* Otherwise a notice above the table says what it waits for. */}
      {of.endpoint !== null && !of.failingSince && <Detail>{t('Works in a few seconds.')}</Detail>}
    </Stack>
  )
}
