import { List } from '@mantine/core'
import { isolated } from '../../../src/platform/input/isolated'
import { message, t } from '../../../src/platform/messages/t'
import { Message } from '../../ui/message'
import { RoleInLine } from '../../ui/role-limits'
import { type DecidablePart, heldInstead } from './request-card'

/** The roles about to be decided. */
const sentences = {
  access: message('{organization}, {service}, access role: {role}, currently {current}'),
  quota: message('{organization}, {service}, quota role: {role}, currently {current}'),
}

export function PartsList(props: { parts: DecidablePart[] }) {
  return (
    <List spacing={4}>
      {props.parts.map(({ request, part }) => (
        <List.Item key={request.id + part.kind}>
          <Message
            text={sentences[part.kind]}
            values={{
              organization: <b>{request.organization.name}</b>,
              service: isolated(request.service.name),
              role: <RoleInLine role={part.role} />,
              current: heldInstead({ request, part })?.role.name ?? t('none'),
            }}
          />
        </List.Item>
      ))}
    </List>
  )
}

export const toDecide = ({ request, part }: DecidablePart) => ({
  requestId: request.id,
  kind: part.kind,
  detailsVersion: request.organization.detailsVersion,
  roleVersion: part.role.version,
  held: heldInstead({ request, part })?.assignmentId ?? null,
})
