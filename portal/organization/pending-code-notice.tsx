import { Button, Group, Text } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { pendingLinks } from '../pending-links'
import { Callout } from '../ui/callout'
import { usePreviewInvitation } from './queries'
import { WithdrawRequestButton } from './withdraw-request-button'

/** Explains why the person who opened an invitation link can’t use it now. */
export function PendingCodeNotice(props: {
  title?: string
  dismiss?: string
  children: ReactNode
  action?: ReactNode
}) {
  const [there, setThere] = useState(() => pendingLinks.code.get() !== null)
  if (!there) return null
  return (
    <Callout title={props.title ?? t('You opened an invitation link')}>
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
          {props.dismiss ?? t('Dismiss invitation')}
        </Button>
      </Group>
    </Callout>
  )
}

/** The same for members of an organization, accepted or not. What it says depends on the organization that the link is for. */
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
      <PendingCodeNotice
        title={t('You’re already a member of {organization}', { organization: organization.name })}
        dismiss={t('Dismiss')}
      >
        {t('The invitation you opened is for this organization. There is nothing left to accept.')}
      </PendingCodeNotice>
    )
  }
  if (error?.code === 'waiting_for_own_organization') {
    return (
      <PendingCodeNotice action={<WithdrawRequestButton organization={organization} size="xs" />}>
        {t(
          'Your request for {organization} is waiting for review. To accept the invitation, withdraw the request first.',
          { organization: organization.name },
        )}
      </PendingCodeNotice>
    )
  }
  if (error?.code === 'already_in_an_organization') {
    return (
      <PendingCodeNotice>
        {t(
          'You’re already in {organization}. To accept the invitation, leave {organization} first. You can be in only one organization at a time.',
          { organization: organization.name },
        )}
      </PendingCodeNotice>
    )
  }
  return <PendingCodeNotice>{error?.message}</PendingCodeNotice>
}
