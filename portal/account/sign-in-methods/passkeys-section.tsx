import { Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Passkey } from '../../../src/identity/sign-in-methods/schema'
import { t } from '../../../src/platform/messages/t'
import { browserHasPasskeys } from '../../sign-in/passkey'
import { useSignInMethods, useSiteInfo } from '../../sign-in/queries'
import { Callout } from '../../ui/callout'
import { type Column, DataTable } from '../../ui/data-table'
import { DialogButton } from '../../ui/dialog-button'
import { Moment } from '../../ui/moment'
import { Section } from '../../ui/page'
import { SmallButton } from '../../ui/small-button'
import { AddPasskeyDialog, RemovePasskeyDialog, RenamePasskeyDialog } from './passkey-dialogs'

type Open = { what: 'rename' | 'remove'; passkey: Passkey }

export function PasskeysSection() {
  const { data: methods } = useSignInMethods()
  const { data: site } = useSiteInfo()
  const [open, setOpen] = useState<Open | null>(null)
  if (!methods || !site) return null
  const close = () => setOpen(null)
  return (
    <Section
      title={t('Passkeys')}
      lead={t(
        'Sign in with your fingerprint, face or security key. Passkeys are safer than passwords and need no two-factor code.',
      )}
    >
      {methods.passkeys.length > 0 && (
        <DataTable
          label={t('Passkeys')}
          columns={columns}
          rows={methods.passkeys}
          actions={(passkey) => (
            <Group gap="xs" justify="flex-end">
              <SmallButton onClick={() => setOpen({ what: 'rename', passkey })}>{t('Rename')}</SmallButton>
              <SmallButton onClick={() => setOpen({ what: 'remove', passkey })}>{t('Remove')}</SmallButton>
            </Group>
          )}
        />
      )}
      {site.passkeys && browserHasPasskeys() ? (
        <div>
          <DialogButton dialog={(onClose) => <AddPasskeyDialog onClose={onClose} />}>{t('Add passkey')}</DialogButton>
        </div>
      ) : (
        <Callout title={t('Passkeys are not available here')}>
          <Text>{site.passkeys ? noBrowser : noName}</Text>
        </Callout>
      )}
      {open?.what === 'rename' && <RenamePasskeyDialog passkey={open.passkey} onClose={close} />}
      {open?.what === 'remove' && <RemovePasskeyDialog passkey={open.passkey} onClose={close} />}
    </Section>
  )
}

const noBrowser = t('This browser doesn’t support passkeys, or not at this site’s URL.')
const noName = t(
  'Browsers support passkeys only at a host name over HTTPS, or at localhost. An operator can set the site’s URL (BASE_URL).',
)

const columns: Column<Passkey>[] = [
  { header: t('Name'), cell: ({ name }) => <Text fw={600}>{name}</Text> },
  { header: t('Added'), cell: ({ addedAt }) => <Moment at={addedAt} as="day" /> },
]
