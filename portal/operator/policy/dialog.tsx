import { List, Text } from '@mantine/core'
import type { SitePolicy } from '../../../src/identity/site/schema'
import { t } from '../../../src/platform/messages/t'
import type { ApiError } from '../../api'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { changesBetween } from './form'
import { useSetSitePolicy } from './queries'

/** Lists the changes. Field errors close it and are shown in the form. */
export function PolicyDialog(props: {
  before: SitePolicy
  after: SitePolicy
  /** The version that the changes are based on. */
  version: number
  onRefused: (refusal: ApiError) => void
  onChanged: () => void
  onSaved: () => void
  onClose: () => void
}) {
  const { before, after } = props
  const save = useSetSitePolicy()
  const changes = changesBetween(before, after)
  return (
    <ConfirmDialog
      title={t('Change the site policy?')}
      onClose={props.onClose}
      onChanged={props.onChanged}
      onConfirm={async () => {
        await save.mutateAsync({ ...after, version: props.version })
        toast(t('Site policy changed.'))
        props.onSaved()
      }}
      onRefusal={(refusal) => {
        if (refusal.errors.length === 0) return refusal
        props.onClose()
        props.onRefused(refusal)
        return null
      }}
    >
      {changes.length > 0 ? (
        <List spacing={6}>
          {changes.map((change) => (
            <List.Item key={change} style={{ overflowWrap: 'anywhere' }}>
              {change}
            </List.Item>
          ))}
        </List>
      ) : (
        <Text>{t('No changes.')}</Text>
      )}
      {before.terms?.version !== after.terms?.version && after.terms && (
        <Text>{t('Everyone, including you, must accept these terms before they can continue.')}</Text>
      )}
    </ConfirmDialog>
  )
}
