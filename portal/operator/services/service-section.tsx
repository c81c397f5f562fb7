import { Button, Code, Group, Text } from '@mantine/core'
import type { Role, Service } from '../../../src/roles/services/schema'
import { Numbers } from '../../roles/numbers'
import { kindLabels } from '../../roles/queries'
import { type Column, DataTable } from '../../ui/data-table'
import { Section } from '../../ui/page'
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
          {service.retired && <Badge tone="grey">Retired</Badge>}
        </Group>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={props.onEdit}>
            Edit
          </Button>
          {!service.retired && (
            <Button variant="default" size="xs" onClick={props.onRetire}>
              Retire
            </Button>
          )}
        </Group>
      </Group>
      {service.roles.length > 0 && (
        <DataTable label={`Roles of ${service.name}`} columns={columns} rows={service.roles} />
      )}
    </Section>
  )
}

const muted = ({ retired }: Role) => (retired ? { c: 'dimmed' } : {})

const columns: Column<Role>[] = [
  {
    header: 'Role',
    cell: (role) => (
      <div>
        <Group gap={8}>
          <Text component="span" fw={600} {...muted(role)}>
            {role.name}
          </Text>
          {role.default && <Tag>default</Tag>}
          {role.retired && <Tag>retired</Tag>}
        </Group>
        <Text size="sm" c="dimmed">
          {role.key}
        </Text>
      </div>
    ),
  },
  { header: 'Kind', cell: (role) => <Text {...muted(role)}>{kindLabels[role.kind]}</Text> },
  {
    header: 'Description',
    cell: (role) =>
      (role.description || role.limits.length > 0) && (
        <Text component="div" {...muted(role)}>
          {role.description}
          <Numbers limits={role.limits} />
        </Text>
      ),
  },
  {
    header: 'Requestable',
    cell: (role) => <Text {...muted(role)}>{role.requestable ? 'Yes' : 'No'}</Text>,
  },
]
