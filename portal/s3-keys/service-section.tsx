import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { S3KeysOfService } from '../../src/connections/s3-keys/schema'
import { isolated } from '../../src/platform/input/isolated'
import { formatMessage } from '../../src/platform/messages/format-message'
import { formatNumber } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import { Callout } from '../ui/callout'
import { CopyIcon } from '../ui/copy-icon'
import { DataTable } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { TextLink } from '../ui/link'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { AddS3KeyDialog } from './add-key-dialog'
import { S3KeyActions } from './key-actions'
import { s3KeyColumns } from './key-columns'
import type { S3Secret } from './queries'
import { S3SecretWindow } from './secret-window'

export function S3ServiceSection({ of }: { of: S3KeysOfService }) {
  const { service, keys } = of
  const [adding, setAdding] = useState(false)
  const [shown, setShown] = useState<S3Secret | null>(null)
  const name = isolated(service.name)
  const mayAdd = of.usable && of.endpoint !== null && keys.length < of.most
  return (
    <Section title={service.name}>
      <Group className="surface" justify="space-between" gap="md">
        <Stack gap={2} miw={0}>
          <S3Endpoint of={of} />
          <Detail>{howMany(of)}</Detail>
        </Stack>
        {mayAdd && (
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            aria-label={t('Add key for {service}', { service: name })}
            onClick={() => setAdding(true)}
          >
            {t('Add key')}
          </Button>
        )}
      </Group>
      <WhyNoKey of={of} />
      {keys.length > 0 && (
        <DataTable
          label={t('S3 keys for {service}', { service: name })}
          columns={s3KeyColumns(of)}
          rows={keys}
          actions={(item) => <S3KeyActions item={item} onShown={setShown} />}
        />
      )}
      {of.ending.length > 0 && <EndingKeys of={of} />}
      {adding && <AddS3KeyDialog service={service} onMade={setShown} onClose={() => setAdding(false)} />}
      {shown && !adding && <S3SecretWindow shown={shown} notice={notYet(of, shown)} onClose={() => setShown(null)} />}
    </Section>
  )
}

/** Deleting is not the end of a key: the gateway has to say that it is gone. */
function EndingKeys({ of: { service, ending, failingSince } }: { of: S3KeysOfService }) {
  return (
    <Callout
      title={formatMessage(
        '{count, plural, one {# key ended, and {service} has not confirmed it yet} other {# keys ended, and {service} has not confirmed it yet}}',
        { count: ending.length, service: isolated(service.name) },
      )}
    >
      <Stack gap={4}>
        {ending.map(({ id, name, accessKey }) => (
          <Text key={id} size="sm">
            {name}{' '}
            <Text span ff="monospace">
              {accessKey}
            </Text>
          </Text>
        ))}
        <Text>
          {failingSince
            ? t(
                'Until then, programs that have the secret may still use your data. This site tries again by itself. If it is urgent, contact an operator of this site.',
              )
            : t('This usually takes a few seconds.')}
        </Text>
      </Stack>
    </Callout>
  )
}

function S3Endpoint({ of: { service, endpoint } }: { of: S3KeysOfService }) {
  if (endpoint === null) return <Text fw={600}>{t('No S3 endpoint yet')}</Text>
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('S3 endpoint')}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Text ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {endpoint}
        </Text>
        <CopyIcon text={endpoint} label={t('Copy S3 endpoint of {service}', { service: isolated(service.name) })} />
      </Group>
    </>
  )
}

/** Why a key that was just made does not work yet. */
function notYet({ keys, failingSince }: S3KeysOfService, { accessKey }: S3Secret): string | null {
  if (keys.find((key) => key.accessKey === accessKey)?.state !== 'pending') return null
  return failingSince
    ? t('This key doesn’t work yet: the service doesn’t answer at the moment. It works once the service answers.')
    : t('This key works in a few seconds.')
}

function howMany({ keys, most }: S3KeysOfService): string {
  if (most === 0) return formatMessage('{count, plural, one {# key} other {# keys}}', { count: keys.length })
  return formatMessage('{count} of {most, plural, one {# key} other {# keys}}', {
    count: formatNumber(keys.length),
    most,
  })
}

/** Why no key can be added now, and what to do about it. */
function WhyNoKey({ of }: { of: S3KeysOfService }) {
  if (of.most === 0) return <Callout>{t('This service gives no new S3 keys. The ones you have keep working.')}</Callout>
  if (!of.usable)
    return (
      <Callout title={t('You can’t use this service now')}>
        {t('Your keys are off until you hold an access role and a quota role again.')}{' '}
        <TextLink to="/active-roles">{t('See your active roles')}</TextLink>
      </Callout>
    )
  if (of.endpoint === null)
    return (
      <Callout title={t('This service has no S3 gateway yet')}>
        {t('An operator of this site has to connect one. Then you can add keys.')}
      </Callout>
    )
  if (of.failingSince && of.keys.some(({ state }) => state === 'pending'))
    return (
      <Callout
        title={
          <Message
            text="This service has not answered since {time}"
            values={{ time: <Moment at={of.failingSince} as="time" /> }}
          />
        }
      >
        {t('This site tries again by itself. New keys and changes work as soon as it answers.')}
      </Callout>
    )
  if (of.keys.length >= of.most)
    return <Text>{t('You have as many keys as you can have. To add another one, delete one first.')}</Text>
  if (of.keys.length === 0)
    return (
      <Text c="dimmed">{t('Add a key for each program, so that you can delete one without stopping the others.')}</Text>
    )
  return null
}
