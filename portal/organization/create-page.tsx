import { Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../session'
import { Callout } from '../ui/callout'
import { Page } from '../ui/page'
import { toast } from '../ui/toast'
import { somethingUnsaved } from '../ui/unsaved'
import { emptyForm, OrganizationForm } from './organization-form'
import { useCreateOrganization } from './queries'
import { ServicesWanted, type Wanted } from './services-wanted'

export function CreateOrganizationPage() {
  const { account, organization } = useMe()
  const create = useCreateOrganization()
  const navigate = useNavigate()
  const [services, setServices] = useState<Wanted[]>([])
  const [keeps, setKeeps] = useState(false)
  if (organization && !keeps) {
    if (!somethingUnsaved()) return <Navigate to="/organization" replace />
    setKeeps(true)
  }
  return (
    <Page
      title="Create organization"
      lead="An operator of this site looks at your request and accepts it, or asks for changes."
    >
      <OrganizationForm
        initialValues={{ ...emptyForm, country: account.country }}
        action="Create organization"
        refusal={create.error}
        busy={create.isPending}
        changed={services.length > 0}
        notice={
          organization &&
          !create.isPending &&
          !create.isSuccess && (
            <Callout title={`You are in ${organization.name} now`}>
              You can be in one organization at a time, so this cannot be submitted. Copy what you want to keep.
            </Callout>
          )
        }
        onSubmit={async (values) => {
          await create.mutateAsync({ ...values, services })
          toast(`${values.name.trim()} was handed in. An operator decides about it.`)
          await navigate({ to: '/organization', replace: true, ignoreBlocker: true })
        }}
      >
        <ServicesWanted wanted={services} onChange={setServices} />
      </OrganizationForm>
    </Page>
  )
}
