import { Button, Group, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ServiceStatus } from '../../src/connections/delivery-status/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import type { Entitlement } from '../../src/roles/entitlements/schema'
import { s3KeysQuery } from '../s3-keys/queries'
import { LinkButton } from '../ui/link'
import { SmallButton } from '../ui/small-button'
import { Badge } from '../ui/state-badge'
import { DeliveryLine } from './delivery-line'
import { isLacking, slowestOf } from './delivery-queries'
import { Usable } from './usable'

interface OwnAccessProps {
  entitlement: Entitlement
  /** Undefined while it is not known. */
  status: ServiceStatus | undefined
  onWhyNot: (status: ServiceStatus) => void
}

/** Whether the reader can use a service on which they hold roles, whether it knows that, and what to do next. */
export function OwnAccess({ entitlement, status, onWhyNot }: OwnAccessProps) {
  const { service, usable } = entitlement
  const { data: s3 } = useQuery({ ...s3KeysQuery(), refetchInterval: false })
  const slowest = status && slowestOf(status)
  const lacking = status !== undefined && isLacking(status)
  const keys = s3?.services.find((one) => one.service.key === service.key)?.keys
  const opens = usable && service.url !== null
  return (
    <>
      {usable && lacking ? <Badge tone="amber">{t('Not ready')}</Badge> : <Usable entitlement={entitlement} />}
      {usable && slowest && <DeliveryLine service={service.name} delivery={slowest} />}
      {usable && keys?.length === 0 && <Text size="sm">{t('You have no S3 key yet.')}</Text>}
      {(opens || keys || lacking) && (
        <Group gap="xs">
          {opens && <OpenLink service={service} />}
          {keys && (
            <LinkButton
              variant="default"
              size="compact-sm"
              to="/s3-keys"
              aria-label={t('S3 keys for {service}', { service: isolated(service.name) })}
            >
              {t('S3 keys')}
            </LinkButton>
          )}
          {lacking && <WhyNotButton status={status} onWhyNot={onWhyNot} />}
        </Group>
      )}
    </>
  )
}

export function WhyNotButton(props: { status: ServiceStatus; onWhyNot: (status: ServiceStatus) => void }) {
  const { status, onWhyNot } = props
  return (
    <SmallButton
      size="compact-sm"
      aria-label={t('Why do I not have {service} yet?', { service: isolated(status.service.name) })}
      onClick={() => onWhyNot(status)}
    >
      {t('Why do I not have it yet?')}
    </SmallButton>
  )
}

function OpenLink({ service: { name, url } }: Pick<Entitlement, 'service'>) {
  if (url === null) return null
  return (
    <Button
      component="a"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      variant="default"
      size="compact-sm"
      aria-label={t('Open {service}', { service: isolated(name) })}
      rightSection={<IconExternalLink size={16} aria-hidden />}
    >
      {t('Open')}
    </Button>
  )
}
