import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { counted } from '../ui/person-name'
import { RequestLimitDialog } from './request-limit-dialog'

/** “3 of 10 members”, and the way to more, where there is a limit. */
export function UsersLimit(props: { organization: Organization }) {
  const { organization } = props
  const { limitWanted } = organization
  const [asking, setAsking] = useState(false)
  if (organization.memberLimit === null) return null
  return (
    <Group className="surface" justify="space-between" gap="md">
      <Stack gap={2} miw={0}>
        <UsersLimitSentence organization={organization} />
        {limitWanted && (
          <Text size="sm" c="dimmed" className="prose">
            A limit of {limitWanted.limit} is requested. An operator decides. Reason: {limitWanted.reason}
          </Text>
        )}
      </Stack>
      {organization.can.requestHigherLimit && (
        <Button variant="default" onClick={() => setAsking(true)}>
          Request higher users limit
        </Button>
      )}
      {asking && <RequestLimitDialog organization={organization} onClose={() => setAsking(false)} />}
    </Group>
  )
}

export function UsersLimitSentence(props: { organization: Organization }) {
  const { members, memberLimit } = props.organization
  return (
    <Text fw={600}>
      {memberLimit === null
        ? `${counted(members, 'member')}, no limit`
        : `${members} of ${counted(memberLimit, 'member')}`}
    </Text>
  )
}
