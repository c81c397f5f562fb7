import { Button } from '@mantine/core'
import { mailConfirmationLink } from '../../../src/membership/me/schema'
import { t } from '../../../src/platform/messages/t'
import { useEndpoint } from '../../endpoint-hooks'
import { useMeQuery } from '../../session'
import { ProblemAlert } from '../../ui/callout'
import { toast } from '../../ui/toast'

/** Sends another link to confirm your own address. Earlier links keep working until they expire. */
export function SendLinkAgain() {
  const { data: me } = useMeQuery()
  const send = useEndpoint(mailConfirmationLink)
  return (
    <>
      <ProblemAlert problem={send.error} />
      <Button
        variant="default"
        loading={send.isPending}
        onClick={() =>
          send.mutate({}, { onSuccess: () => toast(t('Link sent to {email}.', { email: me?.account.email ?? '' })) })
        }
      >
        {t('Resend link')}
      </Button>
    </>
  )
}
