import { Navigate } from '@tanstack/react-router'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { Page } from '../ui/page'
import { toast } from '../ui/toast'
import { useSnapshot } from '../ui/use-snapshot'
import { OrganizationForm } from './organization-form'
import { useEditOrganizationDetails } from './queries'

/** Where the admins of an accepted organization edit its details. */
export function EditDetailsPage() {
  const { organization: current } = useMe()
  const { seen: organization, lookAgain } = useSnapshot(current)
  const edit = useEditOrganizationDetails()
  if (!organization?.can.editDetails) return <Navigate to="/organization" replace />
  const { country, description, address, city, postalCode, website, identityChange } = organization
  const name = identityChange?.name ?? organization.name
  const taxId = identityChange?.taxId ?? organization.taxId
  return (
    <Page
      title={t('Edit details')}
      lead={t('Operators are notified of a new name or tax ID, and may have to accept it first.')}
    >
      <OrganizationForm
        initialValues={{ name, country, description, address, city, postalCode, website, taxId }}
        action={t('Save')}
        refusal={edit.error}
        busy={edit.isPending}
        onChanged={lookAgain}
        onSubmit={async (values) => {
          const { id: organizationId, detailsVersion } = organization
          const { waits } = await edit.mutateAsync({ organizationId, detailsVersion, ...values })
          toast(waits ? t('Details saved. An operator will review the new name or tax ID.') : t('Details saved.'))
        }}
      />
    </Page>
  )
}
