import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { t } from '../../../src/platform/messages/t'
import { CopyButton } from '../../ui/copy-button'
import { Dialog } from '../../ui/dialog'
import classes from './two-factor.module.css'

/** Shown once, to be stored somewhere other than the phone. */
export function RecoveryCodesWindow(props: { codes: string[]; onClose: () => void }) {
  const text = `${props.codes.join('\n')}\n`
  return (
    <Dialog title={t('Your recovery codes')} stays onClose={props.onClose}>
      <Stack gap="md">
        <Text>
          {t(
            'Store these somewhere other than your phone. Each code works once, when you can’t use your authenticator app. They are not shown again.',
          )}
        </Text>
        <output className={classes.codes} aria-label={t('Recovery codes')}>
          {props.codes.map((code) => (
            <span key={code}>{code}</span>
          ))}
        </output>
        <Group gap="sm">
          <CopyButton text={text} label={t('Copy codes')} />
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="guildhall-recovery-codes.txt"
          >
            {t('Download codes')}
          </Button>
        </Group>
        <Button style={{ alignSelf: 'flex-end' }} onClick={props.onClose}>
          {t('I have saved these codes')}
        </Button>
      </Stack>
    </Dialog>
  )
}
