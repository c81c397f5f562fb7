import { Box, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { OrganizationState } from '../../../src/platform/access/organization-state'
import { isolated } from '../../../src/platform/input/isolated'
import { personName } from '../../../src/platform/input/names'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { formatCountry, formatList } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import type { PendingRequest, RequestPart } from '../../../src/roles/role-requests/schema'
import type { Role } from '../../../src/roles/services/schema'
import { kindLabels } from '../../services'
import { Detail } from '../../ui/detail'
import { Facts } from '../../ui/facts'
import { TextLink } from '../../ui/link'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { NamedRoleLimits } from '../../ui/role-limits'
import { SmallButton } from '../../ui/small-button'
import { StateBadge } from '../../ui/state-badge'
import classes from './request-card.module.css'

/** A part of a request, together with the request. */
export interface DecidablePart {
  request: PendingRequest
  part: RequestPart
}

/** The role that the part would replace. */
export const heldInstead = ({ request, part }: DecidablePart) =>
  request.held.find(({ kind }) => kind === part.kind) ?? null

export const pendingPartsOf = (request: PendingRequest): DecidablePart[] =>
  request.parts.filter(({ state }) => state === 'pending').map((part) => ({ request, part }))

interface RequestCardProps {
  request: PendingRequest
  selected: boolean
  onSelect: (selected: boolean) => void
  onAccept: (parts: DecidablePart[]) => void
  onRefuse: (parts: DecidablePart[]) => void
}

/** Everything an operator needs to decide one request. */
export function RequestCard(props: RequestCardProps) {
  const { request } = props
  const { organization, service } = request
  const pending = pendingPartsOf(request)
  return (
    <Stack className="surface" component="article" aria-label={`${organization.name}: ${service.name}`} gap="lg">
      <Group align="flex-start" wrap="nowrap" gap="md">
        <Checkbox
          mt={4}
          aria-label={t('Select the request of {organization} for {service}', {
            organization: isolated(organization.name),
            service: isolated(service.name),
          })}
          checked={props.selected}
          onChange={(event) => props.onSelect(event.currentTarget.checked)}
        />
        <Stack gap={2} miw={0}>
          <Title order={2}>
            <TextLink to="/operator/organizations/$organizationId" params={{ organizationId: organization.id }} inherit>
              {organization.name}
            </TextLink>
            : {service.name}
          </Title>
          <Text c="dimmed">
            <Message
              text="Requested by {person}, {when}"
              values={{ person: personName(request.requestedBy), when: <Moment at={request.requestedAt} /> }}
            />
          </Text>
        </Stack>
      </Group>
      <Facts
        facts={[
          [t('Description of planned activities'), request.description],
          [t('Organization'), <OrganizationStatus key="standing" organization={organization} />],
          [t('About the organization'), organization.description],
          [t('Admins'), formatList(organization.admins.map(adminInWords))],
        ]}
      />
      <Stack className={classes.parts} gap="sm">
        {request.parts.map((part) => (
          <Part key={part.kind} {...props} part={part} />
        ))}
      </Stack>
      {pending.length > 1 && (
        <Group gap="sm">
          <Button onClick={() => props.onAccept(pending)}>{t('Accept both')}</Button>
          <Button variant="default" onClick={() => props.onRefuse(pending)}>
            {t('Refuse both')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function OrganizationStatus(props: { organization: PendingRequest['organization'] }) {
  const { state, country, members } = props.organization
  return (
    <Group component="span" gap="sm">
      <StateBadge state={state as OrganizationState} />
      {formatMessage('{country}, {members, plural, one {# member} other {# members}}', {
        country: formatCountry(country),
        members,
      })}
    </Group>
  )
}

const adminInWords = (admin: PendingRequest['organization']['admins'][number]) =>
  admin.email ? `${personName(admin)} (${admin.email})` : personName(admin)

function Part(props: RequestCardProps & { part: RequestPart }) {
  const { request, part } = props
  const one = [{ request, part }]
  const held = heldInstead(one[0]!)?.role ?? null
  return (
    <Box className={classes.part} role="group" aria-label={kindLabels[part.kind]}>
      <Text fw={600}>{kindLabels[part.kind]}</Text>
      <div className={classes.change}>
        <RoleAndNumbers title={t('Current')} role={held} />
        <IconArrowRight className={classes.arrow} size={20} aria-hidden />
        <RoleAndNumbers title={t('Requested')} role={part.role} />
      </div>
      {part.state === 'pending' ? (
        <Group gap="xs" wrap="nowrap">
          <Button size="xs" onClick={() => props.onAccept(one)}>
            {t('Accept')}
          </Button>
          <SmallButton onClick={() => props.onRefuse(one)}>{t('Refuse')}</SmallButton>
        </Group>
      ) : (
        <StateBadge state={part.state} />
      )}
    </Box>
  )
}

function RoleAndNumbers(props: { title: string; role: Role | null }) {
  return (
    <div>
      <Detail>{props.title}</Detail>
      <Text>{props.role?.name ?? t('None')}</Text>
      <NamedRoleLimits limits={props.role?.limits ?? []} />
    </div>
  )
}
