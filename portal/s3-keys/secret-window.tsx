import { Group, Stack, Text } from '@mantine/core'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import codeWindow from '../invitations/code-window.module.css'
import { CopyButton } from '../ui/copy-button'
import { InfoDialog } from '../ui/info-dialog'
import type { S3Secret } from './queries'

/** What a program needs to use a key. Unlike a token, it can be shown again. */
export function S3SecretWindow(props: { shown: S3Secret; notice: string | null; onClose: () => void }) {
  const { name, accessKey, secret, endpoint } = props.shown
  return (
    <InfoDialog
      title={t('S3 key {name}', { name: isolated(name) })}
      size="lg"
      closeLabel={t('Close')}
      onClose={props.onClose}
    >
      <Text>
        {t(
          'Enter these in your S3 program. Anyone who has them can use your data. You can show the secret again later.',
        )}
      </Text>
      {props.notice && <Text fw={600}>{props.notice}</Text>}
      <Value label={t('Access key')} copyLabel={t('Copy access key')} text={accessKey} />
      <Value label={t('Secret')} copyLabel={t('Copy secret')} text={secret} primary />
      {endpoint && <Value label={t('S3 endpoint')} copyLabel={t('Copy S3 endpoint')} text={endpoint} />}
    </InfoDialog>
  )
}

function Value(props: { label: string; copyLabel: string; text: string; primary?: boolean }) {
  return (
    <Stack gap={6} align="flex-start">
      <Text fw={600}>{props.label}</Text>
      <output className={codeWindow.code} data-command aria-label={props.label}>
        {props.text}
      </output>
      <Group gap="sm">
        <CopyButton text={props.text} label={props.copyLabel} primary={props.primary ?? false} />
      </Group>
    </Stack>
  )
}
