import { List, Text } from '@mantine/core'
import { useState } from 'react'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { WayOut } from '../../organization/way-out'
import { type MyOrganization, useMe } from '../../session'
import { useOwnTokens } from '../../tokens/queries'
import { ConfirmDialog } from '../../ui/dialog'
import { InfoDialog } from '../../ui/info-dialog'
import { LinkButton } from '../../ui/link'
import { toast } from '../../ui/toast'
import { tokensEnd } from '../../users-and-privileges/queries'
import { useDeleteOwnAccount } from '../queries'

/** Deletes the account. An organization’s only admin is told what to do first. */
export function DeleteAccountDialog(props: { onClose: () => void }) {
  const { organization } = useMe()
  const [lastAdmin, setLastAdmin] = useState(() => organization !== null && !organization.can.leave)
  const remove = useDeleteOwnAccount()
  const tokens = useOwnTokens(organization?.can.seeTokens ? organization.id : null)
  if (lastAdmin && organization) return <FirstHandOver {...props} organization={organization} />
  return (
    <ConfirmDialog
      title={t('Delete account?')}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({})
        toast(t('Account deleted.'), 'neutral')
      }}
      onRefusal={(refusal) => {
        if (refusal.code !== 'last_admin') return refusal
        setLastAdmin(true)
        return null
      }}
    >
      <div>
        <Text fw={600}>{t('What is deleted')}</Text>
        <List spacing={4}>
          <List.Item>
            {t('Your name, e-mail address and sign-in methods. The address can be used for a new account.')}
          </List.Item>
          <List.Item>
            {organization
              ? t('Your membership in {organization}, and all access through it.', {
                  organization: isolated(organization.name),
                })
              : t('All your access.')}
          </List.Item>
          {tokens > 0 && <List.Item>{tokensEnd(tokens, null)}</List.Item>}
        </List>
      </div>
      <div>
        <Text fw={600}>{t('What is kept')}</Text>
        <List spacing={4}>
          <List.Item>{t('What you did in organizations, shown in their activity as “Deleted account”.')}</List.Item>
        </List>
      </div>
      <Text>{t('This can’t be undone.')}</Text>
    </ConfirmDialog>
  )
}

function FirstHandOver(props: { organization: MyOrganization; onClose: () => void }) {
  const { name, can } = props.organization
  return (
    <InfoDialog title={t('Delete account?')} closeLabel={t('Cancel')} onClose={props.onClose}>
      <Text>
        {t(
          'You are the only admin of {organization}, and every organization needs one. Hand it over or dissolve it first, then delete your account.',
          { organization: isolated(name) },
        )}
      </Text>
      <WayOut
        title={t('Hand over')}
        button={
          can.handOver && (
            <LinkButton to="/users" variant="default">
              {t('Users & privileges')}
            </LinkButton>
          )
        }
      >
        {can.handOver
          ? t('Give admin privileges to another member.')
          : t('There is no one to hand over to yet. Invite someone first.')}
      </WayOut>
      <WayOut
        title={t('Dissolve')}
        button={
          can.dissolve && (
            <LinkButton to="/organization" variant="default">
              {t('Dissolve organization')}
            </LinkButton>
          )
        }
      >
        {can.dissolve
          ? t('The organization ends permanently, and so does all access through it. Under Organization, choose Leave.')
          : t(
              'Only the sole member can dissolve an organization. Remove the other members first, under Users & privileges.',
            )}
      </WayOut>
    </InfoDialog>
  )
}
