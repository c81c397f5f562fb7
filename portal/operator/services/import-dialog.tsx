import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AnswerOf, InputOf } from '../../../src/platform/http/endpoint'
import { placeIn } from '../../../src/roles/services/file'
import { importCatalogue } from '../../../src/roles/services/schema'
import { changeInWords } from '../../activity/sentences'
import { ApiError } from '../../api'
import { callSignedIn } from '../../call-signed-in'
import { ProblemAlert } from '../../ui/callout'
import { ConfirmDialog, Dialog } from '../../ui/dialog'
import { counted } from '../../ui/person-name'
import { Loading } from '../../ui/states'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { useImportCatalogue } from '../queries'
import type { ChosenFile } from './chosen-file'

const unreadable = (why = 'This file holds no JSON object. Choose another one.') =>
  new ApiError('invalid_input', why, 400)
/** More would be slow to draw, and nobody reads them. */
const shown = 200

/** What a file would change. Nothing is changed before it is confirmed. */
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
  // What was shown is what is done: the window keeps it until it was found to have changed.
  const { seen, lookAgain } = useSeen(dryRun.data)
  const problem = readable ? dryRun.error : unreadable(file.wrong)
  const { version, changes } = seen ?? dryRun.data ?? { changes: [] }
  const title = `Import ${file.name}`
  if (problem || changes.length === 0) {
    return (
      <Dialog title={title} onClose={props.onClose}>
        <Stack gap="md">
          <ProblemAlert problem={problem && withPlaces(problem, file.content)} />
          {!problem && (dryRun.isPending ? <Loading rows={3} /> : <Text>The file changes nothing.</Text>)}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              Close
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
        toast(`${file.name} is imported.`)
      }}
    >
      <Text>{counted(changes.length, 'change')}. What the file leaves out is retired.</Text>
      <List spacing={4}>
        {changes.slice(0, shown).map((change) => (
          <List.Item key={`${change.service} ${change.role}`}>{changeInWords(change)}</List.Item>
        ))}
        {changes.length > shown && <List.Item>and {counted(changes.length - shown, 'more change')}</List.Item>}
      </List>
    </ConfirmDialog>
  )
}

/** The problem, with the place in the file before each message. */
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
