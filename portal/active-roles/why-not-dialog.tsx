import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ServiceStatus } from '../../src/connections/delivery-status/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { s3KeysQuery } from '../s3-keys/queries'
import { useMe } from '../session'
import { InfoDialog } from '../ui/info-dialog'
import { LinkButton } from '../ui/link'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { DeliveryLine } from './delivery-line'
import { type DeliveryStatus, slowestOf } from './delivery-queries'

interface WhyNotProps {
  organization: DeliveryStatus['organization']
  status: ServiceStatus
}

/** Why a service cannot be used yet: each reason, and what to do about it. */
export function WhyNotDialog(props: WhyNotProps & { onClose: () => void }) {
  const { status, onClose } = props
  const { service, usable, missing, deliveries } = status
  const slowest = slowestOf(status)
  return (
    <InfoDialog
      title={t('Why do I not have {service} yet?', { service: isolated(service.name) })}
      closeLabel={t('Close')}
      onClose={onClose}
    >
      <Stack gap="lg" role="status">
        {usable && deliveries.every(({ state }) => state === 'ready') && (
          <Reason title={t('You have it now')}>{t('The service knows your roles. You can use it.')}</Reason>
        )}
        {!usable && (
          <Reason title={missingRoles(missing)}>
            <HowToGetRoles {...props} />
          </Reason>
        )}
        {usable && slowest && slowest.state !== 'ready' && (
          <Reason
            title={
              slowest.state === 'delayed'
                ? t('The service can’t be told at the moment')
                : t('The service is being told')
            }
          >
            <DeliveryLine service={service.name} delivery={slowest} />
            {slowest.state === 'delayed'
              ? t('This site tries again by itself. If it lasts, contact an operator of this site.')
              : t('This usually takes a few seconds. There is nothing for you to do.')}
          </Reason>
        )}
        {usable && <MissingS3Key serviceKey={service.key} />}
      </Stack>
    </InfoDialog>
  )
}

function Reason(props: { title: string; children: ReactNode }) {
  return (
    <Stack gap={4} align="flex-start">
      <Text fw={600}>{props.title}</Text>
      {props.children}
    </Stack>
  )
}

function missingRoles(missing: ServiceStatus['missing']): string {
  if (missing.length === 2) return t('You hold no access role and no quota role on it')
  return missing[0] === 'access' ? t('You hold no access role on it') : t('You hold no quota role on it')
}

/** Roles come from the organization. Which step is missing depends on its state. */
function HowToGetRoles({ organization, status: { requestedAt } }: WhyNotProps) {
  const me = useMe()
  if (!organization)
    return me.waiting ? (
      t('You are waiting for {organization} to approve you. You get its roles once an admin has done so.', {
        organization: isolated(me.waiting.organizationName),
      })
    ) : (
      <>
        {t('Roles come from an organization. Accept an invitation to one, or create one.')}
        <Next to="/organization">{t('Go to Organization')}</Next>
      </>
    )
  const values = { organization: isolated(organization.name) }
  if (organization.state === 'suspended')
    return t('{organization} is suspended, so its roles don’t count. Its admins can ask an operator why.', values)
  if (organization.state === 'changes_requested')
    return (
      <>
        {t('An operator requested changes to {organization}. An admin has to submit it again.', values)}
        <Next to="/organization">{t('Go to Organization')}</Next>
      </>
    )
  if (organization.state !== 'accepted')
    return t('{organization} has not been accepted yet. An operator will review it, and its roles count then.', values)
  if (requestedAt)
    return (
      <span>
        <Message
          text="{organization} requested it on {day}. An operator will review it. You get the roles once they are accepted."
          values={{ organization: values.organization, day: <Moment at={requestedAt} as="day" /> }}
        />
      </span>
    )
  if (!me.organization?.mine?.admin)
    return t('{organization} has not requested it. Ask an admin of your organization to do so.', values)
  return (
    <>
      {t('{organization} has not requested it. As an admin, you can do so.', values)}
      <Next to="/role-requests">{t('Go to Role requests')}</Next>
    </>
  )
}

function MissingS3Key({ serviceKey }: { serviceKey: string }) {
  const { data } = useQuery({ ...s3KeysQuery(), refetchInterval: false })
  const of = data?.services.find(({ service: { key } }) => key === serviceKey)
  if (!of || of.keys.length > 0) return null
  return (
    <Reason title={t('You have no S3 key yet')}>
      {of.endpoint === null
        ? t('The service has no S3 gateway yet. Ask an operator to connect one.')
        : t('Your programs need one for this service.')}
      {of.endpoint !== null && <Next to="/s3-keys">{t('Go to S3 keys')}</Next>}
    </Reason>
  )
}

function Next(props: { to: string; children: string }) {
  return (
    <LinkButton variant="default" size="xs" mt={4} to={props.to}>
      {props.children}
    </LinkButton>
  )
}
