import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../session'
import { SendLinkAgain } from '../../sign-in/links/send-link-again'
import { EmailAddress } from '../../ui/email-address'
import { Section } from '../../ui/page'
import { Badge } from '../../ui/state-badge'
import { siteInfoQuery } from '../queries'
import { ChangeAddressDialog } from './change-address-dialog'

export function AddressSection() {
  const { account, todo } = useMe()
  const { data: site } = useQuery(siteInfoQuery)
  const [changing, setChanging] = useState(false)
  const [mailedTo, setMailedTo] = useState<string | null>(null)
  return (
    <Section title="E-mail address" anchor="address">
      <Stack className="surface" gap="lg" align="flex-start">
        <Stack gap="xs">
          <Group gap="sm">
            <Text fw={600}>
              <EmailAddress address={account.email} />
            </Text>
            <Badge tone={account.emailConfirmed ? 'green' : 'amber'}>
              {account.emailConfirmed ? 'Confirmed' : 'Not confirmed yet'}
            </Badge>
          </Group>
          {!account.emailConfirmed && site && (
            <Text c="dimmed" maw="62ch">
              {site.mail
                ? 'Open the link that was mailed to it.'
                : 'Only an invitation made for one e-mail address or domain needs a confirmed address: ask an operator of this site to confirm yours.'}
            </Text>
          )}
          {mailedTo && mailedTo !== account.email && (
            <Text role="status">
              A link went to <EmailAddress address={mailedTo} />. Your address is changed when you open it.
            </Text>
          )}
        </Stack>
        <Group gap="sm">
          <Button variant="default" onClick={() => setChanging(true)}>
            Change address
          </Button>
          {/* Where it has to be done first, it is offered above. */}
          {!account.emailConfirmed && site?.mail && !todo.includes('confirm_address') && <SendLinkAgain />}
        </Group>
      </Stack>
      {changing && (
        <ChangeAddressDialog mail={site?.mail ?? false} onMailed={setMailedTo} onClose={() => setChanging(false)} />
      )}
    </Section>
  )
}
