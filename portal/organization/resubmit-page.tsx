import { Text } from '@mantine/core'
import { Navigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { Callout } from '../ui/callout'
import { merge } from '../ui/merge'
import { Page } from '../ui/page'
import { toast } from '../ui/toast'
import { useChanged } from '../ui/use-changed'
import { useSnapshot } from '../ui/use-snapshot'
import { OrganizationForm } from './organization-form'
import { useResubmitOrganization } from './queries'
import { ServicesWanted, type Wanted, wantedOf } from './services-wanted'

/** Corrects and resubmits an organization for which changes were requested, or a rejected request. */
export function ResubmitPage() {
  const { organizationId } = useParams({ from: '/shell/organization/resubmit/$organizationId' })
  const { organization: mine, rejected } = useMe()
  const resubmit = useResubmitOrganization()
  const current = [mine, ...rejected].find((one) => one?.id === organizationId && one.can.resubmit)
  const { seen: organization, lookAgain } = useSnapshot(current)
  const [services, setServices] = useState<Wanted[]>(() => wantedOf(organization?.servicesWanted ?? []))
  useChanged(wantedOf(organization?.servicesWanted ?? []), (before, now) =>
    setServices((entered) => merge({ services: before }, { services: entered }, { services: now }).values.services),
  )
  if (!organization) return <Navigate to="/organization" replace />
  const { name, country, description, address, city, postalCode, website, taxId } = organization
  return (
    <Page title={t('Correct and resubmit')} lead={t('Correct your request. An operator will review it again.')}>
      <OrganizationForm
        initialValues={{ name, country, description, address, city, postalCode, website, taxId }}
        action={t('Resubmit')}
        notice={
          organization.stateReason && (
            <Callout title={t('Message from the operator')}>
              <Text className="prose">{organization.stateReason}</Text>
            </Callout>
          )
        }
        refusal={resubmit.error}
        busy={resubmit.isPending}
        onChanged={lookAgain}
        onSubmit={async (values) => {
          const { stateVersion } = organization
          await resubmit.mutateAsync({ organizationId, stateVersion, ...values, services })
          toast(t('Request resubmitted. An operator will review it.'))
        }}
      >
        <ServicesWanted wanted={services} onChange={setServices} />
      </OrganizationForm>
    </Page>
  )
}
