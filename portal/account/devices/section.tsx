import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Session } from '../../../src/identity/authentication/schema'
import { t } from '../../../src/platform/messages/t'
import { useAskedSignOut } from '../../sign-in/sign-out'
import { ProblemAlert } from '../../ui/callout'
import { type Column, DataTable } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { Moment } from '../../ui/moment'
import { Section } from '../../ui/page'
import { Tag } from '../../ui/state-badge'
import { Failed, Loading } from '../../ui/states'
import { sessionsQuery } from '../queries'
import { browserName } from './browser-name'
import { EndSessionDialog } from './end-session-dialog'

/** The account’s sessions. */
export function DevicesSection() {
  const { data, error, refetch } = useQuery(sessionsQuery)
  const [ending, setEnding] = useState<Session | 'others' | null>(null)
  const { signOut, question, error: refusal } = useAskedSignOut()
  return (
    <Section
      title={t('Devices')}
      lead={t(
        'Devices that are signed in to your account. If you don’t recognize one, sign it out and change your password.',
      )}
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading rows={2} />)}
      <ProblemAlert problem={refusal} />
      {data && (
        <DataTable
          label={t('Devices')}
          columns={columns}
          rows={data.sessions}
          actions={(session) => (
            <Button
              variant="default"
              size="xs"
              aria-label={
                session.current ? undefined : t('Sign out {device}', { device: browserName(session.browser) })
              }
              onClick={() => (session.current ? signOut() : setEnding(session))}
            >
              {t('Sign out')}
            </Button>
          )}
        />
      )}
      {data && data.sessions.length > 1 && (
        <div>
          <Button variant="default" onClick={() => setEnding('others')}>
            {t('Sign out everywhere else')}
          </Button>
        </div>
      )}
      {question}
      {ending && <EndSessionDialog which={ending} onClose={() => setEnding(null)} />}
    </Section>
  )
}

const methods: Record<Session['method'], string> = {
  password: t('Password'),
  second_factor: t('Password and two-factor code'),
  passkey: t('Passkey'),
  provider: t('Identity provider'),
}

const columns: Column<Session>[] = [
  {
    header: t('Device'),
    cell: ({ browser, current, address }) => (
      <>
        <Group gap={8}>
          <Text fw={600} component="span">
            {browserName(browser)}
          </Text>
          {current && <Tag>{t('This device')}</Tag>}
        </Group>
        {address && <Detail>{address}</Detail>}
      </>
    ),
  },
  {
    header: t('Signed in'),
    cell: ({ signedInAt, method }) => (
      <>
        <Moment at={signedInAt} as="day" />
        <Detail>{methods[method]}</Detail>
      </>
    ),
  },
  { header: t('Last used'), cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
]
