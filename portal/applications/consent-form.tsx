import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { ProblemAlert } from '../ui/callout'
import { Page } from '../ui/page'
import { Failed, Loading } from '../ui/states'
import { askingApplicationQuery, useConsent } from './queries'
import { yourScopeText } from './scope-texts'

/** Asks whether a person agrees to what an application wants to learn about them. */
export function ConsentForm(props: { clientId: string; wanted: string[]; onDone: (query: string) => void }) {
  const { clientId, wanted, onDone } = props
  const { data, error, refetch } = useQuery(askingApplicationQuery(clientId))
  const consent = useConsent()
  const scopes = data?.scopes.filter((scope) => wanted.includes(scope)) ?? []
  const title = data ? t('Sign in to {application}?', { application: isolated(data.name) }) : t('Sign in?')
  return (
    <Page title={title}>
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading rows={2} />)}
      {data && (
        <Stack className="surface" gap="lg">
          <Stack gap="xs">
            <Text>{t('{application} learns which account is yours.', { application: isolated(data.name) })}</Text>
            {scopes.length > 0 && (
              <>
                <Text>{t('It also wants to know:')}</Text>
                <List>
                  {scopes.map((scope) => (
                    <List.Item key={scope}>{yourScopeText(scope)}</List.Item>
                  ))}
                </List>
              </>
            )}
            <Text c="dimmed">{t('You can take this back under Applications.')}</Text>
          </Stack>
          <ProblemAlert problem={consent.error} />
          <Group>
            <Button
              loading={consent.isPending}
              onClick={() => consent.mutate({ clientId, scopes }, { onSuccess: () => onDone('') })}
            >
              {t('Allow')}
            </Button>
            <Button variant="default" onClick={() => onDone('?cancel')}>
              {t('Cancel')}
            </Button>
          </Group>
        </Stack>
      )}
    </Page>
  )
}
