import { Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { bytesOf } from '../../../src/connections/kinds/s3/quota'
import { t } from '../../../src/platform/messages/t'
import type { Service } from '../../../src/roles/services/schema'
import { ChoiceField } from '../../ui/choice-field'

export interface GatewayKeyValues {
  accessKey: string
  secretKey: string
}

/** The key of a number, or empty for none. */
export interface GatewayLimitValues {
  bytesLimit: string
  objectsLimit: string
}

export const noGatewayLimits: GatewayLimitValues = { bytesLimit: '', objectsLimit: '' }

/** As the server takes them. */
export const limitsToSend = ({ bytesLimit, objectsLimit }: GatewayLimitValues) => ({
  bytesLimit: bytesLimit || null,
  objectsLimit: objectsLimit || null,
})

/** With which the site administers the gateway. */
export function GatewayKeyFields({ form }: { form: Pick<UseFormReturnType<GatewayKeyValues>, 'getInputProps'> }) {
  return (
    <>
      <TextInput
        label={t('Access key')}
        description={t('Of an administrator of the gateway who has the rights users=*, usage=read and metadata=read.')}
        autoComplete="off"
        maxLength={128}
        {...form.getInputProps('accessKey')}
      />
      <TextInput
        label={t('Secret key')}
        type="password"
        autoComplete="new-password"
        maxLength={256}
        {...form.getInputProps('secretKey')}
      />
    </>
  )
}

/** Which numbers of the service’s quota roles the gateway enforces. */
export function GatewayLimitFields(props: {
  form: Pick<UseFormReturnType<GatewayLimitValues>, 'getInputProps'>
  service: Service | undefined
}) {
  const { form, service } = props
  const limits = service?.roles.flatMap(({ kind, limits }) => (kind === 'quota' ? limits : [])) ?? []
  const numbers = [...new Map(limits.map((limit) => [limit.key, limit])).values()]
  const choices = (some: typeof numbers) => [
    { value: '', label: t('No limit') },
    ...some.map(({ key, name, unit }) => ({ value: key, label: unit ? `${name} (${unit})` : name })),
  ]
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('The gateway can enforce these numbers of the quota roles, for each person.')}
      </Text>
      <ChoiceField
        label={t('Limit of stored data')}
        data={choices(numbers.filter(({ unit }) => bytesOf(unit) !== undefined))}
        {...form.getInputProps('bytesLimit')}
      />
      <ChoiceField label={t('Limit of objects')} data={choices(numbers)} {...form.getInputProps('objectsLimit')} />
    </>
  )
}
