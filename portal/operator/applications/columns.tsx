import { Group, Text } from '@mantine/core'
import type { OpenIdClient } from '../../../src/connections/openid-clients/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { personName } from '../../../src/platform/input/names'
import { formatList } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { scopeText } from '../../applications/scope-texts'
import { CopyIcon } from '../../ui/copy-icon'
import type { Column } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { Moment } from '../../ui/moment'

export const clientColumns = (): Column<OpenIdClient>[] => [
  {
    header: t('Application'),
    wide: true,
    cell: ({ id, name }) => (
      <>
        <Text fw={600}>{name}</Text>
        <Group gap={4} wrap="nowrap">
          <Text size="sm" ff="monospace" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {id}
          </Text>
          <CopyIcon text={id} label={t('Copy client ID of {name}', { name: isolated(name) })} />
        </Group>
      </>
    ),
  },
  { header: t('Who may sign in'), cell: ({ service }) => service?.name ?? t('Everyone with an account') },
  {
    header: t('Learns'),
    cell: ({ scopes, asksConsent }) => (
      <>
        {scopes.length > 0 ? formatList(scopes.map(scopeText)) : t('The account id only')}
        {asksConsent && <Detail>{t('If the person agrees')}</Detail>}
      </>
    ),
  },
  {
    header: t('Registered'),
    cell: ({ createdAt, createdBy }) => (
      <>
        <Moment at={createdAt} as="day" />
        <Detail>{personName(createdBy)}</Detail>
      </>
    ),
  },
]
