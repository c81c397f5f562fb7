import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { Callout } from '../ui/callout'
import { Page } from '../ui/page'
import { toast } from '../ui/toast'
import { somethingUnsaved } from '../ui/unsaved'
import { OrganizationForm } from './organization-form'
import { emptyForm } from './organization-values'
import { useCreateOrganization } from './queries'
import { ServicesWanted, type Wanted } from './services-wanted'

export function CreateOrganizationPage() {
  const { account, organization } = useMe()
  const create = useCreateOrganization()
  const [services, setServices] = useState<Wanted[]>([])
  const [keeps, setKeeps] = useState(false)
  if (organization && !keeps) {
    if (!somethingUnsaved()) return <Navigate to="/organization" replace />
    setKeeps(true)
  }
  return (
    <Page
      title={t('Create organization')}
      lead={t('An operator will review your request, then accept it or ask for changes.')}
    >
      <OrganizationForm
        initialValues={{ ...emptyForm, country: account.country }}
        action={t('Create organization')}
        refusal={create.error}
        busy={create.isPending}
        changed={services.length > 0}
        notice={
          organization &&
          !create.isPending &&
          !create.isSuccess && (
            <Callout title={t('You are now in {organization}', { organization: organization.name })}>
              {t(
                'You can be in only one organization at a time, so you can’t submit this request. Copy anything you want to keep.',
              )}
            </Callout>
          )
        }
        onSubmit={async (values) => {
          await create.mutateAsync({ ...values, services })
          toast(t('Request submitted. An operator will review it.'))
        }}
      >
        <ServicesWanted wanted={services} onChange={setServices} />
      </OrganizationForm>
    </Page>
  )
}
