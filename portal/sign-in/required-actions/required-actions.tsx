import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { parseCode } from '../../../src/platform/invitation-codes/code'
import { t } from '../../../src/platform/messages/t'
import { pendingLinks } from '../../pending-links'
import { type Me, useMe } from '../../session'
import { ProblemAlert } from '../../ui/callout'
import { EmailAddress } from '../../ui/email-address'
import { LinkButton } from '../../ui/link'
import { Message } from '../../ui/message'
import { toast } from '../../ui/toast'
import { SendLinkAgain } from '../links/send-link-again'
import { useAcceptTerms, useConfirmOwnAddress, useSiteInfo } from '../queries'

/** The required actions, in the server's order. Until they are done, only the person's own account is accessible. */
export function RequiredActions() {
  const { todo } = useMe()
  return (
    <Stack gap="md">
      {todo.map((one) => {
        const ActionView = actionViews[one]
        return <ActionView key={one} />
      })}
    </Stack>
  )
}

const actionViews: Record<Me['todo'][number], () => ReactNode> = {
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
      title={t('Confirm your e-mail address')}
      actions={
        <>
          <ConfirmByInvitation />
          <SendLinkAgain />
          <LinkButton to="/account" hash="address" variant="subtle">
            {t('Use a different address')}
          </LinkButton>
        </>
      }
    >
      <Text>
        <Message
          text="We sent a link to {email}. Open it to continue. Didn’t get it? Check your spam folder."
          values={{ email: <EmailAddress address={account.email} strong /> }}
        />
      </Text>
    </Item>
  )
}

/** An invitation that was mailed to this address proves as much as the link would. */
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
        {t('Confirm using your invitation e-mail')}
      </Button>
    </>
  )
}

function AcceptTerms() {
  const { data: site } = useSiteInfo()
  const accept = useAcceptTerms()
  const terms = site?.terms

  // Afterwards this is no longer on the page, so the mutation’s own callbacks would not be called.
  async function submit(version: string) {
    await accept.mutateAsync({ version })
    toast(t('Terms accepted.'))
  }

  return (
    <Item
      title={t('Accept the terms')}
      actions={
        <Button
          disabled={!terms}
          loading={accept.isPending}
          onClick={() => terms && void submit(terms.version).catch(() => undefined)}
        >
          {t('Accept the terms')}
        </Button>
      }
    >
      <Text>
        {terms && (
          <Message
            text="Read the <a>terms of this site</a> (version {version}) and accept them to continue."
            values={{
              a: <Anchor href={terms.address} target="_blank" rel="noreferrer" />,
              version: terms.version,
            }}
          />
        )}
      </Text>
      <ProblemAlert problem={accept.error} />
    </Item>
  )
}

function SecondFactor() {
  return (
    <Item
      title={t('Set up two-factor authentication')}
      actions={
        <LinkButton to="/account" hash="two-factor">
          {t('Set up two-factor authentication')}
        </LinkButton>
      }
    >
      <Text>{t('This site requires two-factor authentication. You set it up once, in your account.')}</Text>
    </Item>
  )
}
