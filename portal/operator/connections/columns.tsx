import { Box, Text } from '@mantine/core'
import { type ConnectionItem, systemKinds } from '../../../src/connections/connection-settings/schema'
import { formatNumber } from '../../../src/platform/messages/intl'
import { message, t, translated } from '../../../src/platform/messages/t'
import type { Column } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { TextLink } from '../../ui/link'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { ConnectionState } from './connection-state'

export const connectionKindTexts: Record<ConnectionItem['kind'], string> = {
  pull: message('Change feed'),
  webhook: message('Webhook'),
  s3: message('S3 gateway'),
  openid: message('Sign-outs'),
  jupyterhub: message('JupyterHub'),
  keystone: message('Keystone (OpenStack)'),
  keycloak: message('Keycloak'),
  ldap: message('LDAP directory'),
  scim: message('SCIM 2.0'),
}

/** The same for each kind of connected system. */
export const ofSystems = (text: string) =>
  Object.fromEntries(systemKinds.map((kind) => [kind, text])) as Record<(typeof systemKinds)[number], string>

export const isSystem = (kind: ConnectionItem['kind']) => systemKinds.some((one) => one === kind)

/** What is connected: a service, or an application that stands for none. */
export const connectedName = ({ service, name }: ConnectionItem): string => service?.name ?? name

export const connectionColumns = (): Column<ConnectionItem>[] => [
  {
    header: t('Service'),
    cell: (connection) => (
      <>
        <Text fw={600}>{connectedName(connection)}</Text>
        <Detail>
          <ConnectionName connection={connection} />
        </Detail>
      </>
    ),
  },
  { header: t('Kind'), cell: ({ kind }) => translated(connectionKindTexts[kind]) },
  {
    header: t('State'),
    cell: (connection) => (
      <Box maw="16rem">
        <ConnectionState connection={connection} />
      </Box>
    ),
  },
  { header: t('Accounts'), align: 'right', cell: ({ held }) => formatNumber(held) },
  { header: t('Pending'), align: 'right', cell: (connection) => <PendingChanges connection={connection} /> },
]

function ConnectionName({ connection: { id, name } }: { connection: ConnectionItem }) {
  return (
    <TextLink to="/operator/connections/$connectionId" params={{ connectionId: id }} inherit>
      {name}
    </TextLink>
  )
}

function PendingChanges({ connection: { pending, failed, drifted, oldestPendingAt } }: { connection: ConnectionItem }) {
  return (
    <div>
      {formatNumber(pending)}
      {oldestPendingAt && (
        <Detail>
          <Message text="Oldest: {time}" values={{ time: <Moment at={oldestPendingAt} /> }} />
        </Detail>
      )}
      {failed > 0 && <Detail>{t('{count} failed', { count: formatNumber(failed) })}</Detail>}
      {drifted > 0 && <Detail>{t('{count} drifted', { count: formatNumber(drifted) })}</Detail>}
    </div>
  )
}
