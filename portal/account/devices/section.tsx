import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Session } from '../../../src/identity/authentication/schema'
import { useAskedSignOut } from '../../sign-in/sign-out'
import { ProblemAlert } from '../../ui/callout'
import { type Column, DataTable } from '../../ui/data-table'
import { Moment } from '../../ui/moment'
import { Section } from '../../ui/page'
import { Tag } from '../../ui/state-badge'
import { Failed, Loading } from '../../ui/states'
import { sessionsQuery } from '../own-account-queries'
import { browserName } from './browser-name'
import { EndSessionDialog } from './end-session-dialog'

/** Where one is signed in. */
export function DevicesSection() {
  const { data, error, refetch } = useQuery(sessionsQuery)
  const [ending, setEnding] = useState<Session | 'others' | null>(null)
  const { signOut, question, error: refusal } = useAskedSignOut()
  return (
    <Section
      title="Devices"
      lead="Where you are signed in. Sign out what you do not know, and change your password then."
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading rows={2} />)}
      <ProblemAlert problem={refusal} />
      {data && (
        <DataTable
          label="Devices"
          columns={columns((session) => (session.current ? signOut() : setEnding(session)))}
          rows={data.sessions}
        />
      )}
      {data && data.sessions.length > 1 && (
        <div>
          <Button variant="default" onClick={() => setEnding('others')}>
            Sign out everywhere else
          </Button>
        </div>
      )}
      {question}
      {ending && <EndSessionDialog which={ending} onClose={() => setEnding(null)} />}
    </Section>
  )
}

const methods: Record<Session['method'], string> = {
  password: 'Password',
  second_factor: 'Password and second factor',
  passkey: 'Passkey',
  provider: 'Identity provider',
}

const columns = (onSignOut: (session: Session) => void): Column<Session>[] => [
  {
    header: 'Device',
    cell: ({ browser, current, address }) => (
      <>
        <Group gap={8}>
          <Text fw={600} component="span">
            {browserName(browser)}
          </Text>
          {current && <Tag>This device</Tag>}
        </Group>
        {address && (
          <Text size="sm" c="dimmed">
            {address}
          </Text>
        )}
      </>
    ),
  },
  {
    header: 'Signed in',
    cell: ({ signedInAt, method }) => (
      <>
        <Moment at={signedInAt} as="day" />
        <Text size="sm" c="dimmed">
          {methods[method]}
        </Text>
      </>
    ),
  },
  { header: 'Last used', cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
  {
    header: 'Actions',
    quiet: true,
    align: 'right',
    cell: (session) => (
      <Button
        variant="default"
        size="xs"
        aria-label={session.current ? undefined : `Sign out ${browserName(session.browser)}`}
        onClick={() => onSignOut(session)}
      >
        Sign out
      </Button>
    ),
  },
]
