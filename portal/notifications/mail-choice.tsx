import { Checkbox, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { NotificationPreferences } from '../../src/messaging/notifications/schema'
import { useMe } from '../session'
import { Callout, ProblemAlert } from '../ui/callout'
import { DiscardQuestion } from '../ui/dialog'
import { Section } from '../ui/page'
import { Failed, Loading } from '../ui/states'
import { SubmitButton } from '../ui/submit-button'
import { toast } from '../ui/toast'
import { useUnsaved } from '../ui/unsaved'
import { notificationPreferencesQuery, useSetNotificationPreferences } from './queries'

const lead = 'The bell tells you of everything. Choose what you get by mail as well.'

/** On the account's page: which notifications come by mail too. */
export function MailChoice() {
  const { account, mail } = useMe()
  if (!mail)
    return (
      <Section title="Notifications">
        <Text>This site sends no mail. The bell at the top tells you of everything.</Text>
      </Section>
    )
  return (
    <Section title="Notifications" lead={lead}>
      {!account.emailConfirmed && (
        <Callout title="No mail comes yet">Your e-mail address has to be confirmed first.</Callout>
      )}
      <Choices />
    </Section>
  )
}

function Choices() {
  const { data, error, refetch } = useQuery(notificationPreferencesQuery())
  if (data) return <ChoicesForm chosen={data} />
  return error ? <Failed problem={error} onRetry={refetch} /> : <Loading rows={3} />
}

function ChoicesForm(props: { chosen: NotificationPreferences }) {
  const save = useSetNotificationPreferences()
  const form = useForm({ initialValues: props.chosen })
  const { watch, settle, leaving } = useUnsaved()
  return (
    <form
      ref={watch}
      className="surface"
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, {
          onSuccess: () => {
            settle()
            toast('Your choice is saved.')
          },
        }),
      )}
    >
      {leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
      <Stack gap="md" align="flex-start">
        <Checkbox
          label="Organization"
          description="It is accepted, rejected, suspended, or an operator asks for changes."
          {...form.getInputProps('organization', { type: 'checkbox' })}
        />
        <Checkbox
          label="Members"
          description="Somebody joins, you are removed, or your admin privileges change."
          {...form.getInputProps('members', { type: 'checkbox' })}
        />
        <Checkbox
          label="Roles"
          description="An operator decides about roles of your organization."
          {...form.getInputProps('roles', { type: 'checkbox' })}
        />
        <Text size="sm" c="dimmed">
          Mails about the security of your account always come.
        </Text>
        <ProblemAlert problem={save.error} />
        <SubmitButton busy={save.isPending}>Save</SubmitButton>
      </Stack>
    </form>
  )
}
