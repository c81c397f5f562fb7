import { Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../session'
import { Page } from '../ui/page'
import { toast } from '../ui/toast'
import { emptyForm, OrganizationForm } from './organization-form'
import { useCreateOrganization } from './queries'
import { ServicesWanted, type Wanted } from './services-wanted'

export function CreateOrganizationPage() {
  const { account, organization } = useMe()
  const create = useCreateOrganization()
  const navigate = useNavigate()
  const [services, setServices] = useState<Wanted[]>([])
  if (organization) return <Navigate to="/organization" replace />
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
