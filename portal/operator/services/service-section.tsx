import { Anchor, Code, Group, Text } from '@mantine/core'
import { isolated } from '../../../src/platform/input/isolated'
import { formatNumber } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import type { Role, Service } from '../../../src/roles/services/schema'
import { kindLabels } from '../../services'
import { type Column, DataTable } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { Facts } from '../../ui/facts'
import { LinkButton } from '../../ui/link'
import { Section } from '../../ui/page'
import { RoleLimits } from '../../ui/role-limits'
import { SmallButton } from '../../ui/small-button'
import { Badge, Tag } from '../../ui/state-badge'

export function ServiceSection(props: { service: Service; onEdit: () => void; onRetire: () => void }) {
  const { service } = props
  return (
    <Section title={service.name} lead={service.description}>
      <Group justify="space-between">
        <Group gap="sm">
          <Code px={0} bg="none">
            {service.key}
          </Code>
          {service.retired && <Badge tone="grey">{t('Retired')}</Badge>}
        </Group>
        <Group gap="xs">
          <LinkButton
            variant="default"
            size="xs"
            to="/operator/services/$serviceKey/keys"
            params={{ serviceKey: service.key }}
            aria-label={t('Service keys of {service}', { service: isolated(service.name) })}
          >
            {t('Service keys')}
          </LinkButton>
          <SmallButton onClick={props.onEdit}>{t('Edit')}</SmallButton>
          {!service.retired && <SmallButton onClick={props.onRetire}>{t('Retire')}</SmallButton>}
        </Group>
      </Group>
      {(service.url ?? service.s3Keys) !== null && (
        <Facts
          narrow
          facts={[
            [t('URL'), service.url && <Address key="url" url={service.url} />],
            [t('S3 keys per person'), service.s3Keys && formatNumber(service.s3Keys)],
          ]}
        />
      )}
      {service.roles.length > 0 && (
        <DataTable
          label={t('Roles of {service}', { service: isolated(service.name) })}
          columns={columns}
          rows={service.roles}
        />
      )}
    </Section>
  )
}

const Address = (props: { url: string }) => (
  <Anchor href={props.url} target="_blank" rel="noopener noreferrer" underline="always">
    {props.url}
  </Anchor>
)

const muted = ({ retired }: Role) => (retired ? { c: 'dimmed' } : {})

const columns: Column<Role>[] = [
  {
    header: t('Role'),
    cell: (role) => (
      <div>
        <Group gap={8}>
          <Text component="span" fw={600} {...muted(role)}>
            {role.name}
          </Text>
          {role.default && <Tag>{t('default')}</Tag>}
          {role.retired && <Tag>{t('retired')}</Tag>}
        </Group>
        <Detail>{role.key}</Detail>
      </div>
    ),
  },
  { header: t('Kind'), cell: (role) => <Text {...muted(role)}>{kindLabels[role.kind]}</Text> },
  {
    header: t('Description'),
    cell: (role) =>
      (role.description || role.limits.length > 0) && (
        <Text component="div" {...muted(role)}>
          {role.description}
          <RoleLimits limits={role.limits} />
        </Text>
      ),
  },
  {
    header: t('Can be requested'),
    cell: (role) => <Text {...muted(role)}>{role.requestable ? t('Yes') : t('No')}</Text>,
  },
]
