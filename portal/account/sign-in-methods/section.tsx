import { Button, Group, Stack, Text } from '@mantine/core'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
import { useSignInMethods } from '../../sign-in/queries'
import { useRedirectProblem } from '../../sign-in/redirect-problem'
import { ProblemAlert } from '../../ui/callout'
import { ConfirmDialog } from '../../ui/dialog'
import { DialogButton } from '../../ui/dialog-button'
import { Facts } from '../../ui/facts'
import { Section } from '../../ui/page'
import { Failed, Loading } from '../../ui/states'
import { toast } from '../../ui/toast'
import { useLinkProvider, useUnlinkProvider } from '../queries'

export function SignInMethodsSection() {
  const { data: methods, error, refetch } = useSignInMethods()
  const redirectProblem = useRedirectProblem()
  return (
    <Section title={t('Sign-in methods')} lead={t('How you can sign in to this account.')}>
      <ProblemAlert problem={redirectProblem} />
      {error && <Failed problem={error} onRetry={refetch} />}
      {!error && !methods && <Loading rows={2} />}
      {methods && (
        <Stack className="surface" gap="lg">
          <Facts
            facts={[
              [t('Password'), methods.password ? t('Set') : t('None')],
              [t('Two-factor authentication'), methods.secondFactor ? t('On') : t('Off')],
              [t('Passkeys'), passkeyCount(methods.passkeys.length)],
              [
                methods.provider?.name ?? '',
                methods.provider && (methods.provider.linked ? t('Linked') : t('Not linked')),
              ],
            ]}
          />
          {methods.provider && <ProviderActions provider={methods.provider} />}
        </Stack>
      )}
    </Section>
  )
}

const passkeyCount = (count: number) =>
  formatMessage('{count, plural, =0 {None} one {# passkey} other {# passkeys}}', { count })

function ProviderActions(props: { provider: { name: string; linked: boolean } }) {
  const { name, linked } = props.provider
  const link = useLinkProvider()
  const unlink = useUnlinkProvider()
  return (
    <Stack gap="md">
      <Group>
        <DialogButton
          offered={linked}
          dialog={(onClose) => (
            <ConfirmDialog
              title={t('Unlink {name}?', { name })}
              danger
              onClose={onClose}
              onConfirm={async () => {
                await unlink.mutateAsync({})
                toast(t('{name} unlinked.', { name }), 'neutral')
              }}
            >
              <Text>
                {t('You can no longer sign in to this account with {name}. Your other sign-in methods stay.', { name })}
              </Text>
            </ConfirmDialog>
          )}
        >
          {t('Unlink {name}', { name })}
        </DialogButton>
        {!linked && (
          <Button
            variant="default"
            loading={link.isPending}
            onClick={() => link.mutate({}, { onSuccess: ({ address }) => window.location.assign(address) })}
          >
            {t('Link {name}', { name })}
          </Button>
        )}
      </Group>
      <ProblemAlert problem={link.error} />
    </Stack>
  )
}
