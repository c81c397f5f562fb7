import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { parseCode } from '../../../src/platform/invitation-codes/code'
import { useAcceptTerms, useConfirmOwnAddress } from '../../account/own-account-queries'
import { siteInfoQuery } from '../../account/queries'
import { pendingLinks } from '../../pending-links'
import { useMe } from '../../session'
import type { Me } from '../../standing-changes'
import { ProblemAlert } from '../../ui/callout'
import { EmailAddress } from '../../ui/email-address'
import { LinkButton } from '../../ui/link'
import { toast } from '../../ui/toast'
import { SendLinkAgain } from '../links/send-link-again'

/** What has to be done before more than the own account can be reached, in the server's order. */
export function FirstDo() {
  const { todo } = useMe()
  return (
    <Stack gap="md">
      {todo.map((one) => {
        const What = whats[one]
        return <What key={one} />
      })}
    </Stack>
  )
}

const whats: Record<Me['todo'][number], () => ReactNode> = {
  confirm_address: ConfirmAddress,
  accept_terms: AcceptTerms,
  second_factor: SecondFactor,
}

function Item(props: { title: string; children: ReactNode; actions: ReactNode }) {
  return (
    <Stack className="surface" gap="sm" align="flex-start">
      <Title order={2}>{props.title}</Title>
      {props.children}
      <Group gap="sm">{props.actions}</Group>
    </Stack>
  )
}

function ConfirmAddress() {
  const { account } = useMe()
  return (
    <Item
      title="Confirm your e-mail address"
      actions={
        <>
          <ConfirmByInvitation />
          <SendLinkAgain />
          <LinkButton to="/account" hash="address" variant="subtle">
            Change the address
          </LinkButton>
        </>
      }
    >
      <Text>
        A link was mailed to{' '}
        <b>
          <EmailAddress address={account.email} />
        </b>
        . Open it to go on. Nothing came? Look among unwanted mail.
      </Text>
    </Item>
  )
}

/** Somebody opened the invitation that was mailed to the address: that proves as much as the link would. */
function ConfirmByInvitation() {
  const [proof] = useState(() => {
    const parsed = parseCode(pendingLinks.code.get() ?? '')
    return 'code' in parsed ? parsed.proof : undefined
  })
  const confirm = useConfirmOwnAddress()
  if (!proof) return null
  return (
    <>
      <ProblemAlert problem={confirm.error} />
      <Button loading={confirm.isPending} onClick={() => confirm.mutate({ token: proof })}>
        Confirm with the mailed invitation
      </Button>
    </>
  )
}

function AcceptTerms() {
  const { data: site } = useQuery(siteInfoQuery)
  const accept = useAcceptTerms()
  const terms = site?.terms

  // By then this is no longer on the page, where the mutation’s own callbacks would not be called.
  async function submit(version: string) {
    await accept.mutateAsync({ version })
    toast('You have accepted the terms.')
  }

  return (
    <Item
      title="Accept the terms"
      actions={
        <Button
          disabled={!terms}
          loading={accept.isPending}
          onClick={() => terms && void submit(terms.version).catch(() => undefined)}
        >
          Accept the terms
        </Button>
      }
    >
      <Text>
        Read the{' '}
        {terms && (
          <Anchor href={terms.address} target="_blank" rel="noreferrer">
            terms of this site
          </Anchor>
        )}
        {terms && ` (version ${terms.version})`}. You can go on when you have accepted them.
      </Text>
      <ProblemAlert problem={accept.error} />
    </Item>
  )
}

function SecondFactor() {
  return (
    <Item
      title="Set up a second factor"
      actions={
        <LinkButton to="/account" hash="two-factor">
          Set up a second factor
        </LinkButton>
      }
    >
      <Text>This site asks you for more than a password. It is set up once, under Account.</Text>
    </Item>
  )
}
