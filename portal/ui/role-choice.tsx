import { Group, Radio, Stack, Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import type { HeldRole } from '../../src/roles/entitlements/schema'
import type { Role, RoleKind, Service } from '../../src/roles/services/schema'
import { kindHeadings } from '../services'
import { useFieldError } from './field-errors'
import { Message } from './message'
import { Moment } from './moment'
import { NamedRoleLimits } from './role-limits'
import { Tag } from './state-badge'

interface RoleChoiceProps {
  service: Service
  kind: RoleKind
  /** The role that is held now, even if it can no longer be requested. */
  held?: HeldRole | null
  value: string | null
  onChange: (roleId: string | null) => void
  /** Gets the focus when its dialog opens. */
  first?: boolean
}

/** One role of a kind, or none. None is offered only where no role is held. */
export function RoleChoice(props: RoleChoiceProps) {
  const { service, kind, held } = props
  const offered = service.roles.filter((role) => role.kind === kind)
  const roles = held && !offered.some(({ id }) => id === held.id) ? [held, ...offered] : offered
  const error = useFieldError(`${kind}RoleId`)
  return (
    <Radio.Group
      label={kindHeadings[kind]}
      labelProps={{ fw: 600, fz: 'md' }}
      value={props.value ?? ''}
      onChange={(roleId) => props.onChange(roleId || null)}
      error={error}
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
