import { Button } from '@mantine/core'
import { t } from '../../../src/platform/messages/t'
import { useMeQuery } from '../../session'
import { ProblemAlert } from '../../ui/callout'
import { toast } from '../../ui/toast'
import { useMailConfirmationLink } from '../queries'

/** Sends another link to confirm your own address. Earlier links keep working until they expire. */
export function SendLinkAgain() {
  const { data: me } = useMeQuery()
  const send = useMailConfirmationLink()
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
