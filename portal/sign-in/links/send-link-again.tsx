import { Button } from '@mantine/core'
import { useMailConfirmationLink } from '../../account/own-account-queries'
import { useMeQuery } from '../../session'
import { ProblemAlert } from '../../ui/callout'
import { toast } from '../../ui/toast'

/** Another link that confirms one's own address; those mailed before work as well while they are new enough. */
export function SendLinkAgain(props: { label?: string }) {
  const { data: me } = useMeQuery()
  const send = useMailConfirmationLink()
  return (
    <>
      <ProblemAlert problem={send.error} />
      <Button
        variant="default"
        loading={send.isPending}
        onClick={() => send.mutate({}, { onSuccess: () => toast(`A link is on its way to ${me?.account.email}.`) })}
      >
        {props.label ?? 'Send the link again'}
      </Button>
    </>
  )
}
