import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import type { OrganizationToken } from '../../src/membership/tokens/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { WithOrganization } from '../session'
import { DataTable } from '../ui/data-table'
import { Page } from '../ui/page'
import { SmallButton } from '../ui/small-button'
import { Empty, Failed, Loading } from '../ui/states'
import { CreateTokenDialog } from './create-token-dialog'
import { EndButton } from './end-button'
import { EndTokenDialog } from './end-token-dialog'
import { type MadeToken, organizationTokensQuery } from './queries'
import { RenewTokenDialog } from './renew-token-dialog'
import { organizationTokenColumns } from './token-columns'
import { TokenWindow } from './token-window'

export function TokensPage() {
  return <WithOrganization may="seeTokens">{(organization) => <Tokens organization={organization} />}</WithOrganization>
}

type Open = { what: 'create' } | { what: 'renew' | 'end'; token: OrganizationToken }

function Tokens(props: { organization: Organization }) {
  const { id: organizationId, can } = props.organization
  const { data, error, refetch } = useQuery(organizationTokensQuery(organizationId))
  const [open, setOpen] = useState<Open | null>(null)
  const [made, setMade] = useState<MadeToken | null>(null)
  const close = () => setOpen(null)
  const dialog = { organizationId, onMade: setMade, onClose: close }
  return (
    <Page
      title={t('Tokens')}
      lead={t('Tokens let your organization’s programs use the API. Every admin can see, renew and end them.')}
      action={
        can.manageTokens && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen({ what: 'create' })}>
            {t('Create token')}
          </Button>
        )
      }
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data?.tokens.length === 0 && (
        <Empty title={t('No tokens yet')}>
          {t('Create a token for each program, so that you can end one without stopping the others.')}
        </Empty>
      )}
      {data && data.tokens.length > 0 && (
        <DataTable
          label={t('Tokens')}
          columns={organizationTokenColumns}
          rows={data.tokens}
          actions={(token) => (
            <Group gap="xs" justify="flex-end">
              {can.manageTokens && (
                <SmallButton
                  aria-label={t('Renew {name}', { name: isolated(token.name) })}
                  onClick={() => setOpen({ what: 'renew', token })}
                >
                  {t('Renew')}
                </SmallButton>
              )}
              <EndButton token={token} works={works(token)} onClick={() => setOpen({ what: 'end', token })} />
            </Group>
          )}
        />
      )}
      {open?.what === 'create' && <CreateTokenDialog {...dialog} />}
      {open?.what === 'renew' && <RenewTokenDialog {...dialog} token={open.token} />}
      {open?.what === 'end' && <EndTokenDialog {...dialog} token={open.token} works={works(open.token)} />}
      {made && !open && <TokenWindow made={made} organizationId={organizationId} onClose={() => setMade(null)} />}
    </Page>
  )
}

const works = ({ expired, endedAt }: OrganizationToken) => !expired && endedAt === null
