import { Navigate, useNavigate } from '@tanstack/react-router'
import { useMe } from '../session'
import { Page } from '../ui/page'
import { toast } from '../ui/toast'
import { emptyForm, OrganizationForm } from './organization-form'
import { useCreateOrganization } from './queries'

export function CreateOrganizationPage() {
  const { account, organization } = useMe()
  const create = useCreateOrganization()
  const navigate = useNavigate()
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
        onSubmit={async (values) => {
          await create.mutateAsync(values)
          toast(`${values.name.trim()} was handed in. An operator decides about it.`)
          await navigate({ to: '/organization', replace: true })
        }}
      />
    </Page>
  )
}
