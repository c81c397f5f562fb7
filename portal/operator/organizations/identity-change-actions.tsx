import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { t } from '../../../src/platform/messages/t'
import { IdentityChange, IdentityChangeFacts } from '../../organization/identity-change'
import { ConfirmDialog } from '../../ui/dialog'
import { ReasonDialog } from '../../ui/reason-dialog'
import { SmallButton } from '../../ui/small-button'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { useDecideIdentityChange } from './queries'

/** The new name or tax ID that an organization requested, to accept or refuse. */
export function DecidableIdentityChange(props: { organization: Organization }) {
  const [accepting, setAccepting] = useState<boolean | null>(null)
  const { organization } = props
  return (
    <>
      <IdentityChange organization={organization}>
        {organization.can.decideIdentityChange && (
          <>
            <Button size="xs" onClick={() => setAccepting(true)}>
              {t('Accept new details')}
            </Button>
            <SmallButton onClick={() => setAccepting(false)}>{t('Refuse new details')}</SmallButton>
          </>
        )}
      </IdentityChange>
      {accepting !== null && (
        <IdentityDialog organization={organization} accept={accepting} onClose={() => setAccepting(null)} />
      )}
    </>
  )
}

function IdentityDialog(props: { organization: Organization; accept: boolean; onClose: () => void }) {
  const { accept } = props
  const { seen: organization, lookAgain } = useSnapshot(props.organization)
  const decide = useDecideIdentityChange()
  const AskingDialog = accept ? ConfirmDialog : ReasonDialog
  return (
    <AskingDialog
      title={accept ? t('Accept the new details?') : t('Refuse the new details?')}
      danger={!accept}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason?: string) => {
        const { id: organizationId, detailsVersion } = organization
        await decide.mutateAsync({ organizationId, detailsVersion, accept, reason })
        toast(accept ? t('New details accepted.') : t('New details refused.'), accept ? 'good' : 'bad')
      }}
    >
      {organization.identityChange && (
        <IdentityChangeFacts current={organization} requested={organization.identityChange} />
      )}
    </AskingDialog>
  )
}
