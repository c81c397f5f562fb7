import { Stack, Text } from '@mantine/core'
import { TextLink } from '../ui/link'

/** The ways on for whoever cannot sign in. */
export function SignInLinks(props: { next: string | undefined }) {
  return (
    <Stack gap="xs">
      <Text>
        <TextLink to="/forgot-password">Forgot password?</TextLink>
      </Text>
      <Text>
        No account yet?{' '}
        <TextLink to="/register" search={{ next: props.next }}>
          Register
        </TextLink>
      </Text>
    </Stack>
  )
}
