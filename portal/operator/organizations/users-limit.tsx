import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { Callout } from '../../ui/callout'
import { Section } from '../../ui/page'
import { UsersLimitSentence } from '../../users-and-privileges/users-limit'
import { SetLimitDialog } from './set-limit-dialog'

/** How many members an organization may have, and the higher number that it asks for. */
export function OperatorUsersLimit(props: { organization: Organization }) {
  const { organization } = props
  const [setting, setSetting] = useState(false)
  return (
    <Section title="Users limit">
      {organization.limitWanted && (
        <Callout title={`Asks for a users limit of ${organization.limitWanted.limit}`}>
          <Text className="prose">{organization.limitWanted.reason}</Text>
        </Callout>
      )}
      <Group className="surface" justify="space-between" gap="md">
        <UsersLimitSentence organization={organization} />
        {organization.can.setMemberLimit && (
          <Button variant="default" onClick={() => setSetting(true)}>
            Set users limit
          </Button>
        )}
      </Group>
      {setting && <SetLimitDialog organization={organization} onClose={() => setSetting(false)} />}
    </Section>
  )
}
