import { Button, Group, Text } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { pendingLinks } from '../pending-links'
import { Callout } from '../ui/callout'
import { usePreviewInvitation } from './queries'
import { WithdrawRequestButton } from './withdraw-request-button'

/** An invitation link was opened by somebody who cannot use it now: why, instead of silence. */
export function PendingCodeNotice(props: {
  title?: string
  dismiss?: string
  children: ReactNode
  action?: ReactNode
}) {
  const [there, setThere] = useState(() => pendingLinks.code.get() !== null)
  if (!there) return null
  return (
    <Callout title={props.title ?? 'You opened an invitation link'}>
      <Text>{props.children}</Text>
      <Group gap="sm" mt="sm">
        {props.action}
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            pendingLinks.code.drop()
            setThere(false)
          }}
        >
          {props.dismiss ?? 'Forget the invitation'}
        </Button>
      </Group>
    </Callout>
  )
}

/** The same for somebody in an organization, or with a request for one: what it is depends on what the link is for. */
export function CarriedCodeOfMember(props: { organization: Organization }) {
  const { organization } = props
  const [code] = useState(() => pendingLinks.code.get())
  const { mutate, data, error } = usePreviewInvitation()
  useEffect(() => {
    if (code !== null) mutate({ code })
  }, [code, mutate])
  if (code === null || (!data && !error)) return null
  if (data?.accepted || error?.code === 'member_already') {
    return (
      <PendingCodeNotice title={`You are a member of ${organization.name} already`} dismiss="Dismiss">
        The invitation that you opened is for this organization. There is nothing left to accept.
      </PendingCodeNotice>
    )
  }
  if (error?.code === 'waiting_for_own_organization') {
    return (
      <PendingCodeNotice action={<WithdrawRequestButton organization={organization} size="xs" />}>
        Your request for {organization.name} is waiting for an operator. To accept the invitation, withdraw the request
        first.
      </PendingCodeNotice>
    )
  }
  if (error?.code === 'already_in_an_organization') {
    return (
      <PendingCodeNotice>
        You are in {organization.name} already. To accept the invitation, leave {organization.name} first; an account is
        in one organization at a time.
      </PendingCodeNotice>
    )
  }
  return <PendingCodeNotice>{error?.message}</PendingCodeNotice>
}
