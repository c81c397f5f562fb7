import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AnswerOf, InputOf } from '../../../src/platform/http/endpoint'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
import { placeIn } from '../../../src/roles/services/file'
import { importCatalogue } from '../../../src/roles/services/schema'
import { changeInWords, moreChanges } from '../../activity/remarks'
import { ApiError } from '../../api'
import { callSignedIn } from '../../call-signed-in'
import { ProblemAlert } from '../../ui/callout'
import { ConfirmDialog, Dialog } from '../../ui/dialog'
import { Loading } from '../../ui/states'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import type { ChosenFile } from './chosen-file'
import { useImportCatalogue } from './queries'

const unreadable = (why = t('This file does not contain a JSON object. Choose another one.')) =>
  new ApiError('invalid_input', why, 400)
/** A longer list would be slow to draw. */
const shown = 200

/** Shows what a file would change. Nothing changes before Confirm. */
export function ImportDialog(props: { file: ChosenFile; onClose: () => void }) {
  const { file } = props
  const readable = typeof file.content === 'object' && file.content !== null && !Array.isArray(file.content)
  const catalogue = file.content as InputOf<typeof importCatalogue>
  const dryRun = useQuery<AnswerOf<typeof importCatalogue>, ApiError>({
    queryKey: [importCatalogue.id, file.name, file.content],
    queryFn: ({ signal }) => callSignedIn(importCatalogue, { ...catalogue, dryRun: true }, signal),
    enabled: readable,
    gcTime: 0,
  })
  const load = useImportCatalogue()
  // What was shown is what is imported: the dialog keeps it until the server says that the catalogue has changed.
  const { seen, lookAgain } = useSnapshot(dryRun.data)
  const problem = readable ? dryRun.error : unreadable(file.wrong)
  const { version, changes } = seen ?? dryRun.data ?? { changes: [] }
  const title = t('Import {file}', { file: file.name })
  if (problem || changes.length === 0) {
    return (
      <Dialog title={title} onClose={props.onClose}>
        <Stack gap="md">
          <ProblemAlert problem={problem && withPlaces(problem, file.content)} />
          {!problem &&
            (dryRun.isPending ? (
              <Loading rows={3} />
            ) : (
              <Text>{t('No changes: the catalogue already matches this file.')}</Text>
            ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('Close')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      title={title}
      size="lg"
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await load.mutateAsync({ ...catalogue, version, dryRun: false })
        toast(t('{file} imported.', { file: file.name }))
      }}
    >
      <Text>
        {formatMessage(
          '{count, plural, one {# change.} other {# changes.}} Anything missing from the file will be retired.',
          { count: changes.length },
        )}
      </Text>
      <List spacing={4}>
        {changes.slice(0, shown).map((change) => (
          <List.Item key={`${change.service} ${change.role}`}>{changeInWords(change)}</List.Item>
        ))}
        {changes.length > shown && <List.Item>{moreChanges(changes.length - shown)}</List.Item>}
      </List>
    </ConfirmDialog>
  )
}

/** The problem, with each message after its place in the file. */
const withPlaces = ({ code, message, status, errors }: ApiError, content: unknown) =>
  new ApiError(
    code,
    message,
    status,
    errors.map((error) => ({
      ...error,
      message: error.path ? `${placeIn(content, error.path)}: ${error.message}` : error.message,
    })),
  )
