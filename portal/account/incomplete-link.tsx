import { Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type LinkedPage, pastedToken, readLink } from '../../src/http/pasted'
import { parseCode } from '../../src/invitations/code'
import { slotOf } from '../carried'
import { Page } from '../ui/page'
import { SignedOutFrame } from '../ui/signed-out-frame'
import { SubmitButton } from '../ui/submit-button'

const what: Record<LinkedPage, { lead: string; label: string; wrong: string }> = {
  join: {
    lead: 'Open the full link from your e-mail, or enter the invitation code.',
    label: 'Invitation code',
    wrong: 'This is not a valid code.',
  },
  setup: {
    lead: 'Open the full link that the server printed when it started, or paste it here.',
    label: 'Link',
    wrong: 'This link is incomplete too. It ends with # and 43 letters and digits.',
  },
  'confirm-address': {
    lead: 'Open the full link from your e-mail, or paste it here.',
    label: 'Link',
    wrong: 'This link is incomplete too. It ends with # and 32 letters and digits.',
  },
  reset: {
    lead: 'Open the full link from your e-mail, or paste it here.',
    label: 'Link',
    wrong: 'This link is incomplete too. It ends with # and 32 letters and digits.',
  },
}

/** A link that lost its end on its way. With what is pasted here the page goes on as if the whole link had been opened. */
export function IncompleteLink(props: { page: LinkedPage; children?: ReactNode }) {
  const [text, setText] = useState('')
  const [refused, setRefused] = useState(false)
  const { lead, label, wrong } = what[props.page]
  return (
    <SignedOutFrame>
      <Page title="This link is incomplete" lead={lead}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            const secret = secretIn(text, props.page)
            if (secret) slotOf[props.page].put(secret)
            else setRefused(true)
          }}
        >
          <Stack gap="md">
            <TextInput
              label={label}
              autoComplete="off"
              spellCheck={false}
              required
              value={text}
              error={refused && wrong}
              onChange={(event) => {
                setText(event.currentTarget.value)
                setRefused(false)
              }}
            />
            <SubmitButton busy={false}>Continue</SubmitButton>
          </Stack>
        </form>
        {props.children}
      </Page>
    </SignedOutFrame>
  )
}

/** An empty field, or a link that lost its end again, is worth no question to the server. */
function secretIn(text: string, page: LinkedPage): string | undefined {
  if (page === 'join') return 'code' in parseCode(text) ? text : undefined
  const token = readLink(text) ? readLink(text)!.secret : pastedToken(text)
  return /^[\w-]{30,}$/.test(token) ? token : undefined
}
