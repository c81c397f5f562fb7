import { Text } from '@mantine/core'
import type { Application } from '../../src/connections/openid-sign-ins/schema'
import { formatMessage } from '../../src/platform/messages/format-message'
import { formatList } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import type { Column } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { Moment } from '../ui/moment'
import { yourScopeText } from './scope-texts'

export const applicationColumns = (): Column<Application>[] => [
  {
    header: t('Application'),
    cell: ({ name, service }) => (
      <>
        <Text fw={600}>{name}</Text>
        {service && service.name !== name && <Detail>{service.name}</Detail>}
      </>
    ),
  },
  { header: t('Knows about you'), wide: true, cell: (application) => <Known application={application} /> },
  { header: t('Signed in'), cell: (application) => <SignedIn application={application} /> },
]

function Known({ application: { scopes, consentedAt } }: { application: Application }) {
  return (
    <>
      {scopes.length > 0 ? formatList(scopes.map(yourScopeText)) : t('Your account id only')}
      {consentedAt && (
        <Detail>
          {t('You agreed on')} <Moment at={consentedAt} as="day" />
        </Detail>
      )}
    </>
  )
}

function SignedIn({ application: { signedInAt, devices } }: { application: Application }) {
  if (!signedInAt) return <Text c="dimmed">{t('Not now')}</Text>
  return (
    <>
      <Moment at={signedInAt} />
      {devices > 1 && (
        <Detail>{formatMessage('on {count, plural, one {# device} other {# devices}}', { count: devices })}</Detail>
      )}
    </>
  )
}
