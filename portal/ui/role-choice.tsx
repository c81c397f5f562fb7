import { Group, Radio, Stack, Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import type { Role } from '../../src/roles/services/schema'
import { Message } from './message'
import { Moment } from './moment'
import { NamedRoleLimits } from './role-limits'
import { Tag } from './state-badge'

interface RoleChoiceProps {
  label: string
  roles: Omit<Role, 'version'>[]
  /** The role that is held now, even if it can no longer be requested. */
  held: (Omit<Role, 'version'> & { until?: string | null }) | null
  value: string | null
  onChange: (roleId: string | null) => void
  error?: string | undefined
  /** Gets the focus when its dialog opens. */
  first?: boolean
}

/** One role of a kind, or none. None is offered only where no role is held. */
export function RoleChoice(props: RoleChoiceProps) {
  const { held } = props
  const roles = held && !props.roles.some(({ id }) => id === held.id) ? [held, ...props.roles] : props.roles
  return (
    <Radio.Group
      label={props.label}
      labelProps={{ fw: 600, fz: 'md' }}
      value={props.value ?? ''}
      onChange={(roleId) => props.onChange(roleId || null)}
      error={props.error}
    >
      <Stack gap="sm" pt={6}>
        {!held && <Radio value="" label={t('None')} data-autofocus={(props.first && !props.value) || undefined} />}
        {roles.map((role) => (
          <Radio
            key={role.id}
            value={role.id}
            data-autofocus={(props.first && role.id === props.value) || undefined}
            label={
              <Group component="span" gap={8}>
                {role.name}
                {role.id === held?.id && <Held until={held.until} />}
              </Group>
            }
            description={(role.description || role.limits.length > 0) && <About role={role} />}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

/** A role with an end date is renewed by requesting it again. */
function Held({ until }: { until: string | null | undefined }) {
  if (!until) return <Tag>{t('current')}</Tag>
  return (
    <>
      <Tag>{t('current')}</Tag>
      <Text span size="xs" c="dimmed">
        <Message text="until {date} · request it again to renew it" values={{ date: <Moment at={until} as="day" /> }} />
      </Text>
    </>
  )
}

function About(props: { role: Omit<Role, 'version'> }) {
  return (
    <>
      {props.role.description}
      <NamedRoleLimits limits={props.role.limits} />
    </>
  )
}
