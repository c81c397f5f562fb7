import { Stack, Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import { TextLink } from '../ui/link'
import { Message } from '../ui/message'

/** For people who cannot sign in. */
export function SignInLinks(props: { next: string | undefined }) {
  return (
    <Stack gap="xs">
      <Text>
        <TextLink to="/forgot-password">{t('Forgot password?')}</TextLink>
      </Text>
      <Text>
        <Message
          text="No account yet? <a>Register</a>"
          values={{ a: <TextLink to="/register" search={{ next: props.next }} /> }}
        />
      </Text>
    </Stack>
  )
}
