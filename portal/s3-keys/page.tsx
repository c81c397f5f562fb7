import { useQuery } from '@tanstack/react-query'
import { t } from '../../src/platform/messages/t'
import { LinkButton } from '../ui/link'
import { Page } from '../ui/page'
import { Empty, Failed, Loading } from '../ui/states'
import { s3KeysQuery } from './queries'
import { S3ServiceSection } from './service-section'

export function S3KeysPage() {
  const { data, error, refetch } = useQuery(s3KeysQuery())
  return (
    <Page
      title={t('S3 keys')}
      lead={t(
        'With an S3 key, your programs read and write your data on a service. A key stops working when your access ends.',
      )}
      action={
        <LinkButton variant="default" to="/active-roles">
          {t('Active roles')}
        </LinkButton>
      }
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data?.services.length === 0 && (
        <Empty title={t('No services with S3 keys')}>
          {t('You can’t use a service that gives S3 keys. Your active roles say which services you can use.')}
        </Empty>
      )}
      {data?.services.map((of) => (
        <S3ServiceSection key={of.service.key} of={of} />
      ))}
    </Page>
  )
}
