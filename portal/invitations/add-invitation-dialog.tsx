import { Button, Collapse, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure, useId } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { defaultDays } from '../../src/membership/invitations/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { formatMessage } from '../../src/platform/messages/format-message'
import { t } from '../../src/platform/messages/t'
import { ApiError } from '../api'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import type { Shown } from './code-window'
import { asListed, invitationInputOf, noOptions, OptionFields } from './option-fields'
import { useCreateInvitation } from './queries'

/** Two clicks make an invitation with the defaults. Everything else is under Options. */
export function AddInvitationDialog(props: {
  organization: Organization
  onMade: (shown: Shown) => void
  onClose: () => void
}) {
  const { organization } = props
  const [open, options] = useDisclosure()
  const id = useId()
  const create = useCreateInvitation()
  const form = useForm({ initialValues: noOptions })
  return (
    <ConfirmDialog
      title={t('Add invitation')}
      size="lg"
      onClose={props.onClose}
      form={form}
      onConfirm={async () => {
        const options = invitationInputOf(form.values)
        const made = await create.mutateAsync({ organizationId: organization.id, ...options })
        const { sendTo, needsApproval } = form.values
        if (sendTo) toast(t('The link is on its way to {address}.', { address: sendTo.trim() }))
        props.onMade({ ...made, needsApproval, boundTo: asListed(options.boundTo) })
      }}
      onRefusal={(refusal) => {
        if (refusal.errors.length > 0) options.open()
        return atOptions(refusal)
      }}
    >
      <Text>
        {formatMessage(
          'You get an invitation code for {organization}. Unless you change the options, one person can join with it within {days, plural, one {# day} other {# days}}, without admin privileges.',
          { organization: organization.name, days: defaultDays },
        )}
      </Text>
      <Stack gap={0}>
        <Button
          variant="subtle"
          px={6}
          style={{ alignSelf: 'flex-start' }}
          leftSection={open ? <IconChevronDown size={18} aria-hidden /> : <IconChevronRight size={18} aria-hidden />}
          aria-expanded={open}
          aria-controls={id}
          onClick={options.toggle}
        >
          {t('Options')}
        </Button>
        <Collapse expanded={open} id={id}>
          <OptionFields form={form} />
        </Collapse>
      </Stack>
    </ConfirmDialog>
  )
}

/** The address and the domain share one field here. */
const atOptions = ({ code, message, status, errors }: ApiError) =>
  new ApiError(
    code,
    message,
    status,
    errors.map((error) => (error.path.startsWith('boundTo') ? { ...error, path: 'boundText' } : error)),
  )
