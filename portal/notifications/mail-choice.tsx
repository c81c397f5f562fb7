import { Checkbox, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { NotificationPreferences } from '../../src/messaging/notifications/schema'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { Callout, ProblemAlert } from '../ui/callout'
import { Detail } from '../ui/detail'
import { DiscardQuestion } from '../ui/dialog'
import { Section } from '../ui/page'
import { Failed, Loading } from '../ui/states'
import { SubmitButton } from '../ui/submit-button'
import { toast } from '../ui/toast'
import { useUnsaved } from '../ui/unsaved'
import { notificationPreferencesQuery, useSetNotificationPreferences } from './queries'

const lead = t('The bell shows every notification. Choose which ones you also get by e-mail.')

/** On the Account page: which notifications are also sent by e-mail. */
export function MailChoice() {
  const { account, mail } = useMe()
  if (!mail)
    return (
      <Section title={t('Notifications')}>
        <Text>{t('This site doesn’t send e-mail. The bell at the top shows every notification.')}</Text>
      </Section>
    )
  return (
    <Section title={t('Notifications')} lead={lead}>
      {!account.emailConfirmed && (
        <Callout title={t('You don’t get e-mails yet')}>{t('Confirm your e-mail address first.')}</Callout>
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
  const { operator } = useMe().account
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
            toast(t('Notification settings saved.'))
          },
        }),
      )}
    >
      {leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
      <Stack gap="md" align="flex-start">
        <Checkbox
          label={t('Organization')}
          description={t('An operator accepts, rejects or suspends it, or requests changes.')}
          {...form.getInputProps('organization', { type: 'checkbox' })}
        />
        <Checkbox
          label={t('Members')}
          description={t('Someone joins, you are removed, or your admin privileges change.')}
          {...form.getInputProps('members', { type: 'checkbox' })}
        />
        <Checkbox
          label={t('Roles')}
          description={t(
            'An operator accepts or refuses your organization’s role requests, or grants or revokes roles.',
          )}
          {...form.getInputProps('roles', { type: 'checkbox' })}
        />
        <Checkbox
          label={t('Programs')}
          description={
            operator
              ? t('A token or key expires in a week, or a connection to a service fails or works again.')
              : t('A token or an S3 key expires in a week.')
          }
          {...form.getInputProps('programs', { type: 'checkbox' })}
        />
        <Detail>{t('E-mails about the security of your account are always sent.')}</Detail>
        <ProblemAlert problem={save.error} />
        <SubmitButton busy={save.isPending}>{t('Save')}</SubmitButton>
      </Stack>
    </form>
  )
}
