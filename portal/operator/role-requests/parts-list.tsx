import { List } from '@mantine/core'
import { numbersInLine } from '../../roles/numbers'
import { kindLabels } from '../../roles/queries'
import { type DecidablePart, heldInstead } from './request-card'

/** What is about to be decided, once more in words. */
export function PartsList(props: { parts: DecidablePart[] }) {
  return (
    <List spacing={4}>
      {props.parts.map(({ request, part }) => (
        <List.Item key={request.id + part.kind}>
          <b>{request.organization.name}</b>, {request.service.name}, {kindLabels[part.kind].toLowerCase()}:{' '}
          <b>{part.role.name}</b>
          {part.role.limits.length > 0 && ` (${numbersInLine(part.role.limits)})`}, now{' '}
          {heldInstead({ request, part })?.role.name ?? 'none'}
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
