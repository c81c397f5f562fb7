import { FileButton, Group, List, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { adoptEntries } from '../../../src/connections/connected-systems/schema'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { isolated } from '../../../src/platform/input/isolated'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { message, t, translated } from '../../../src/platform/messages/t'
import { Callout } from '../../ui/callout'
import { ConfirmDialog } from '../../ui/dialog'
import { DialogButton } from '../../ui/dialog-button'
import { SmallButton } from '../../ui/small-button'
import { toast } from '../../ui/toast'
import { useAdoptEntries } from './queries'

type Adopted = AnswerOf<typeof adoptEntries>

const troubles: Record<Adopted['troubles'][number]['trouble'], string> = {
  account_unknown: message('there is no account with this id or address'),
  entry_unknown: message('the system has no such entry'),
  account_has_another: message('the account has another entry already'),
  entry_of_another: message('the entry belongs to another account'),
  given_twice: message('the account or the entry is in another row too'),
  not_a_row: message('it does not have two columns with an account and an entry'),
}

/** Says which entries of a system belong to which accounts. */
export function AdoptButton({ connection }: { connection: ConnectionItem }) {
  return (
    <DialogButton
      size="xs"
      aria-label={t('Adopt entries of {name}', { name: isolated(connection.name) })}
      dialog={(onClose) => <AdoptDialog connection={connection} onClose={onClose} />}
    >
      {t('Adopt entries')}
    </DialogButton>
  )
}

/** The first press checks the rows, the second adopts them. */
function AdoptDialog({ connection: { id }, onClose }: { connection: ConnectionItem; onClose: () => void }) {
  const adopt = useAdoptEntries()
  const [checked, setChecked] = useState<{ csv: string; found: Adopted } | null>(null)
  const form = useForm({ initialValues: { csv: '' } })
  const { csv } = form.values
  const found = checked?.csv === csv ? checked.found : null
  const ready = found !== null && found.troubles.length === 0 && found.adopted > 0
  return (
    <ConfirmDialog
      title={t('Adopt entries')}
      confirmLabel={ready ? t('Adopt') : t('Check rows')}
      size="lg"
      form={form}
      closes={ready}
      onClose={onClose}
      onConfirm={async () => {
        const answer = await adopt.mutateAsync({ connectionId: id, csv, dryRun: !ready })
        if (ready) toast(adoptedText(answer.adopted))
        else setChecked({ csv, found: answer })
      }}
    >
      <Text>
        {t(
          'Enter a row for each person: the address or the id of the account, a comma, and the id of their entry there.',
        )}
      </Text>
      <Textarea
        label={t('Rows')}
        placeholder="ana.cruz@example.org,ana"
        autosize
        minRows={5}
        maxRows={12}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        {...form.getInputProps('csv')}
      />
      <Group>
        <FileButton
          accept=".csv,text/csv,text/plain"
          onChange={async (file) => file && form.setFieldValue('csv', await file.text())}
        >
          {(props) => <SmallButton {...props}>{t('Choose file')}</SmallButton>}
        </FileButton>
      </Group>
      {found && <Result found={found} />}
    </ConfirmDialog>
  )
}

const adoptedText = (count: number) =>
  formatMessage('{count, plural, one {# entry adopted.} other {# entries adopted.}}', { count })

function Result({ found }: { found: Adopted }) {
  if (found.troubles.length === 0)
    return (
      <Callout>
        {formatMessage(
          '{rows, plural, one {# row} other {# rows}}: {adopted, plural, one {# entry} other {# entries}} to adopt, {known} known already.',
          { rows: found.rows, adopted: found.adopted, known: found.known },
        )}
      </Callout>
    )
  return (
    <Callout title={t('Correct these rows first. Nothing is adopted until all are right.')}>
      <Stack gap={4}>
        <List size="sm">
          {found.troubles.map(({ row, trouble }) => (
            <List.Item key={`${row} ${trouble}`}>
              {t('Row {row}: {trouble}', { row: String(row), trouble: translated(troubles[trouble]) })}
            </List.Item>
          ))}
        </List>
      </Stack>
    </Callout>
  )
}
