import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useLinkProvider, useSignInMethods, useUnlinkProvider } from '../../sign-in/queries'
import { useToldProblem } from '../../sign-in/told-problem'
import { ProblemAlert } from '../../ui/callout'
import { ConfirmDialog } from '../../ui/dialog'
import { Facts } from '../../ui/facts'
import { Section } from '../../ui/page'
import { counted } from '../../ui/person-name'
import { Failed, Loading } from '../../ui/states'
import { toast } from '../../ui/toast'

export function SignInMethodsSection() {
  const { data: methods, error, refetch } = useSignInMethods()
  const told = useToldProblem()
  return (
    <Section title="Sign-in methods" lead="The ways to sign in to this account.">
      <ProblemAlert problem={told} />
      {error && <Failed problem={error} onRetry={refetch} />}
      {!error && !methods && <Loading rows={2} />}
      {methods && (
        <Stack className="surface" gap="lg">
          <Facts
            facts={[
              ['Password', methods.password ? 'Yes' : 'None'],
              ['Two-factor', methods.secondFactor ? 'On' : 'Off'],
              ['Passkeys', methods.passkeys.length > 0 ? counted(methods.passkeys.length, 'passkey') : 'None'],
              [methods.provider?.name ?? '', methods.provider && (methods.provider.linked ? 'Linked' : 'Not linked')],
            ]}
          />
          {methods.provider && <ProviderActions provider={methods.provider} />}
        </Stack>
      )}
    </Section>
  )
}

function ProviderActions(props: { provider: { name: string; linked: boolean } }) {
  const { name, linked } = props.provider
  const [unlinking, setUnlinking] = useState(false)
  const link = useLinkProvider()
  const unlink = useUnlinkProvider()
  return (
    <Stack gap="md">
      <Group>
        {linked ? (
          <Button variant="default" onClick={() => setUnlinking(true)}>
            Unlink {name}
          </Button>
        ) : (
          <Button
            variant="default"
            loading={link.isPending}
            onClick={() => link.mutate({}, { onSuccess: ({ address }) => window.location.assign(address) })}
          >
            Link {name}
          </Button>
        )}
      </Group>
      <ProblemAlert problem={link.error} />
      {unlinking && (
        <ConfirmDialog
          title={`Unlink ${name}?`}
          danger
          onClose={() => setUnlinking(false)}
          onConfirm={async () => {
            await unlink.mutateAsync({})
            toast(`${name} is no longer linked.`, 'neutral')
          }}
        >
          <Text>You can no longer sign in to this account through {name}. Your other ways stay.</Text>
        </ConfirmDialog>
      )}
    </Stack>
  )
}
