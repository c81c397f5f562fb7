import { Group, Text } from '@mantine/core'
import { personName } from '../../src/platform/input/names'
import { Detail } from './detail'
import { EmailAddress } from './email-address'
import { Tag } from './state-badge'

/** A person in a list: their name, a tag, and the address for readers who may see it. */
export function Person(props: {
  account: { firstName: string; lastName: string; email: string | null }
  tag?: string | false
}) {
  const { account, tag } = props
  return (
    <>
      <Group gap={8}>
        <Text fw={600} component="span">
          {personName(account)}
        </Text>
        {tag && <Tag>{tag}</Tag>}
      </Group>
      {account.email && (
        <Detail>
          <EmailAddress address={account.email} />
        </Detail>
      )}
    </>
  )
}
