import { Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { useMe } from '../../session'
import { SendLinkAgain } from '../../sign-in/links/send-link-again'
import { useSiteInfo } from '../../sign-in/queries'
import { DialogButton } from '../../ui/dialog-button'
import { EmailAddress } from '../../ui/email-address'
import { Message } from '../../ui/message'
import { Section } from '../../ui/page'
import { Badge } from '../../ui/state-badge'
import { ChangeAddressDialog } from './change-address-dialog'

export function AddressSection() {
  const { account, todo } = useMe()
  const { data: site } = useSiteInfo()
  const [mailedTo, setMailedTo] = useState<string | null>(null)
  return (
    <Section title={t('E-mail address')} anchor="address">
      <Stack className="surface" gap="lg" align="flex-start">
        <Stack gap="xs">
          <Group gap="sm">
            <Text fw={600}>
              <EmailAddress address={account.email} />
            </Text>
            <Badge tone={account.emailConfirmed ? 'green' : 'amber'}>
              {account.emailConfirmed ? t('Confirmed') : t('Not confirmed')}
            </Badge>
          </Group>
          {!account.emailConfirmed && site && (
            <Text c="dimmed" maw="62ch">
              {site.mail
                ? t('Open the link we sent to this address.')
                : t(
                    'You need a confirmed address only for invitations limited to an e-mail address or domain. To confirm yours, ask an operator of this site.',
                  )}
            </Text>
          )}
          {mailedTo && mailedTo !== account.email && (
            <Text role="status">
              <Message
                text="We sent a link to {email}. Open it to change your address."
                values={{ email: <EmailAddress address={mailedTo} /> }}
              />
            </Text>
          )}
        </Stack>
        <Group gap="sm">
          <DialogButton
            dialog={(onClose) => (
              <ChangeAddressDialog mail={site?.mail ?? false} onMailed={setMailedTo} onClose={onClose} />
            )}
          >
            {t('Change address')}
          </DialogButton>
          {/* While confirming is required, `RequiredActions` offers it above. */}
          {!account.emailConfirmed && site?.mail && !todo.includes('confirm_address') && <SendLinkAgain />}
        </Group>
      </Stack>
    </Section>
  )
}
