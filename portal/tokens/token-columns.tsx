import { Stack, Text } from '@mantine/core'
import type { OrganizationToken, Token } from '../../src/membership/tokens/schema'
import { personName } from '../../src/platform/input/names'
import { message, t } from '../../src/platform/messages/t'
import type { Column } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { StateBadge } from '../ui/state-badge'
import { TokenScopes } from './token-scopes'

const name: Column<Token> = {
  header: t('Name'),
  cell: ({ name, prefix }) => (
    <>
      <Text fw={600}>{name}</Text>
      <Detail ff="monospace">{`${prefix}_…`}</Detail>
    </>
  ),
}

const scopes: Column<Token> = {
  header: t('Scopes'),
  wide: true,
  cell: ({ scopes }) => <TokenScopes scopes={scopes} />,
}

const lastUsed: Column<Token> = {
  header: t('Last used'),
  cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} /> : <Text c="dimmed">{t('Never')}</Text>),
}

function Expiry({ token }: { token: Token }) {
  if (!token.expired) return <Moment at={token.expiresAt} as="day" />
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge state="expired" />
      <Detail>
        <Moment at={token.expiresAt} as="day" />
      </Detail>
    </Stack>
  )
}

export const tokenColumns: Column<Token>[] = [
  name,
  scopes,
  { header: t('Created'), cell: ({ createdAt }) => <Moment at={createdAt} as="day" /> },
  { header: t('Expires'), cell: (token) => <Expiry token={token} /> },
  lastUsed,
]

const whyEnded: Record<NonNullable<OrganizationToken['endedReason']>, string> = {
  ended: message('Ended {time}'),
  renewed: message('Renewed {time}'),
  membership_ended: message('Ended when {name} left, {time}'),
  privileges_lost: message('Ended when {name} lost admin privileges, {time}'),
  account_disabled: message('Ended when the account of {name} was disabled, {time}'),
  organization_not_accepted: message('Ended when the organization was suspended, {time}'),
}

function End({ token }: { token: OrganizationToken }) {
  const { endedAt, endedReason, maker } = token
  if (!endedAt || !endedReason) return <Expiry token={token} />
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge state="ended" />
      <Detail>
        <Message text={whyEnded[endedReason]} values={{ name: personName(maker), time: <Moment at={endedAt} /> }} />
      </Detail>
    </Stack>
  )
}

export const organizationTokenColumns: Column<OrganizationToken>[] = [
  name,
  scopes,
  {
    header: t('Created by'),
    cell: ({ maker, createdAt }) => (
      <>
        {personName(maker)}
        <Detail>
          <Moment at={createdAt} as="day" />
        </Detail>
      </>
    ),
  },
  { header: t('Expires'), cell: (token) => <End token={token} /> },
  lastUsed,
]
