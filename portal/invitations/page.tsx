import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Invitation, type InvitationState, invitationStates } from '../../src/membership/invitations/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { ApiError } from '../api'
import { WithOrganization } from '../session'
import { Choice, FilterBar, SortChoice } from '../ui/filters'
import { List } from '../ui/list'
import { Page } from '../ui/page'
import { stateOptions } from '../ui/state-badge'
import { Empty } from '../ui/states'
import { toast } from '../ui/toast'
import { useFilters } from '../ui/use-filters'
import { AddInvitationDialog } from './add-invitation-dialog'
import { CodeWindow, type Shown } from './code-window'
import { InvitationsTable } from './invitations-table'
import { invitationsQuery, useShowInvitationCode } from './queries'
import { RevokeInvitationDialog } from './revoke-invitation-dialog'
import { WaitingForApproval } from './waiting-for-approval'

export function InvitationsPage() {
  return (
    <WithOrganization may="seeInvitations">
      {(organization) => <Invitations organization={organization} />}
    </WithOrganization>
  )
}

type Filters = { q?: string; sort?: 'newest' | 'oldest'; state?: InvitationState }

function Invitations(props: { organization: Organization }) {
  const { organization } = props
  const [filters, change] = useFilters<Filters>()
  const [adding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<Invitation | null>(null)
  const [shown, setShown] = useState<Shown | null>(null)
  const query = useInfiniteQuery(invitationsQuery({ organizationId: organization.id, ...filters }))
  const showCode = useShowInvitationCode()

  async function show(invitation: Invitation) {
    // Each time a code is shown is an event, so a second click while it loads does nothing.
    if (showCode.isPending) return
    try {
      const code = await showCode.mutateAsync({ organizationId: organization.id, invitationId: invitation.id })
      setShown({ ...code, boundTo: invitation.boundTo, needsApproval: invitation.needsApproval })
    } catch (error) {
      if (error instanceof ApiError) toast(error.message, 'bad')
    }
  }

  return (
    <Page
      title={t('Invitations')}
      lead={t('Invite people to your organization with a code or a link.')}
      action={
        organization.can.invite && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
            {t('Add invitation')}
          </Button>
        )
      }
    >
      <WaitingForApproval organization={organization} />
      <InvitationFilters filters={filters} onChange={change} />
      <List
        query={query}
        empty={<NoInvitations filtered={Boolean(filters.q || filters.state)} mayInvite={organization.can.invite} />}
      >
        {(invitations, stale) => (
          <InvitationsTable
            invitations={invitations}
            stale={stale}
            onShow={organization.can.invite ? show : undefined}
            onRevoke={organization.mine?.admin ? setRevoking : undefined}
          />
        )}
      </List>
      {adding && <AddInvitationDialog organization={organization} onMade={setShown} onClose={() => setAdding(false)} />}
      {revoking && (
        <RevokeInvitationDialog organization={organization} invitation={revoking} onClose={() => setRevoking(null)} />
      )}
      {shown && !adding && <CodeWindow shown={shown} onClose={() => setShown(null)} />}
    </Page>
  )
}

function InvitationFilters(props: { filters: Filters; onChange: (change: Partial<Filters>) => void }) {
  const { filters, onChange } = props
  return (
    <FilterBar filters={filters} onChange={onChange}>
      <SortChoice by={['newest', 'oldest']} filters={filters} onChange={onChange} />
      <Choice
        label={t('State')}
        all={t('All states')}
        options={stateOptions(invitationStates)}
        value={filters.state}
        onChange={(state) => onChange({ state })}
      />
    </FilterBar>
  )
}

function NoInvitations(props: { filtered: boolean; mayInvite: boolean }) {
  if (props.filtered)
    return <Empty title={t('No matching invitations')}>{t('No invitations match these filters.')}</Empty>
  return <Empty title={t('No invitations yet')}>{props.mayInvite && t('Invite your first colleague.')}</Empty>
}
