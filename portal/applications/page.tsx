import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Application } from '../../src/connections/openid-sign-ins/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { DataTable } from '../ui/data-table'
import { LinkButton } from '../ui/link'
import { Page } from '../ui/page'
import { SmallButton } from '../ui/small-button'
import { Empty, Failed, Loading } from '../ui/states'
import { applicationColumns } from './columns'
import { applicationsQuery } from './queries'
import { SignOutDialog } from './sign-out-dialog'

/** The applications that a person is signed in to through this site. */
export function ApplicationsPage() {
  const { data, error, refetch } = useQuery(applicationsQuery())
  const [ending, setEnding] = useState<Application | null>(null)
  return (
    <Page
      title={t('Applications')}
      lead={t('Services and other applications that you signed in to with your account on this site.')}
      action={
        <LinkButton variant="default" to="/active-roles">
          {t('Active roles')}
        </LinkButton>
      }
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data?.applications.length === 0 && (
        <Empty title={t('You are not signed in to any application')}>
          {t('When a service asks you to sign in with this site, it is listed here.')}
        </Empty>
      )}
      {data && data.applications.length > 0 && (
        <DataTable
          label={t('Applications')}
          columns={applicationColumns()}
          rows={data.applications}
          actions={(item) => (
            <SmallButton
              aria-label={t('Sign out of {application}', { application: isolated(item.name) })}
              onClick={() => setEnding(item)}
            >
              {t('Sign out')}
            </SmallButton>
          )}
        />
      )}
      {ending && <SignOutDialog application={ending} onClose={() => setEnding(null)} />}
    </Page>
  )
}
