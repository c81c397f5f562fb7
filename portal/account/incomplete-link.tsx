import { Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type LinkedPage, pastedToken, readLink } from '../../src/http/pasted'
import { parseCode } from '../../src/invitations/code'
import { slotOf } from '../carried'
import { Page } from '../ui/page'
import { SignedOutFrame } from '../ui/signed-out-frame'
import { SubmitButton } from '../ui/submit-button'

/** What an empty field for a code says. */
export const noCode = 'Enter the code you were given.'

interface Words {
  lead: string
  label: string
  empty: string
  wrong: string
}

const words: Record<LinkedPage, Words> = {
  join: {
    lead: 'Open the full link you were given, or enter the invitation code.',
    label: 'Invitation code',
    empty: noCode,
    wrong: 'This is not a valid code. Ask for a new one.',
  },
  setup: {
    lead: 'Copy the full link from the server’s output: it prints the link when it starts.',
    label: 'Link',
    empty: 'Paste the link.',
    wrong: 'This link is incomplete too. It ends with # and 43 letters and digits.',
  },
  'confirm-address': {
    lead: 'Open the full link from your e-mail, or paste it here.',
    label: 'Link',
    empty: 'Paste the link.',
    wrong: 'This link is incomplete too. It ends with # and 32 letters and digits.',
  },
  reset: {
    lead: 'Open the full link from your e-mail, or paste it here.',
    label: 'Link',
    empty: 'Paste the link.',
    wrong: 'This link is incomplete too. It ends with # and 32 letters and digits.',
  },
}

interface IncompleteLinkProps {
  page: LinkedPage
  /** Where it is not only its end that is missing. */
  title?: string
  lead?: string
  /** What the link carried, and is no good. A code can be corrected. */
  given?: string
  children?: ReactNode
}

/** A link that lost its end on its way. With what is pasted here the page goes on as if the whole link had been opened. */
export function IncompleteLink(props: IncompleteLinkProps) {
  const [text, setText] = useState(props.page === 'join' && props.given ? props.given : '')
  const [error, setError] = useState<string | null>(null)
  const { lead, label, empty, wrong } = words[props.page]
  return (
    <SignedOutFrame>
      <Page title={props.title ?? 'This link is incomplete'} lead={props.lead ?? lead}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            const secret = secretIn(text, props.page)
            if (secret && secret !== props.given) slotOf[props.page].put(secret)
            else setError(text.trim() === '' ? empty : isTypo(text, props.page) ? typo : wrong)
          }}
        >
          <Stack gap="md">
            <TextInput
              label={label}
              autoComplete="off"
              spellCheck={false}
              required
              value={text}
              error={error}
              onChange={(event) => {
                setText(event.currentTarget.value)
                setError(null)
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

const typo = 'There is a typo in this code.'

function isTypo(text: string, page: LinkedPage): boolean {
  const parsed = page === 'join' && parseCode(text)
  return parsed && 'problem' in parsed && parsed.problem === 'code_mistyped'
}

/** An empty field, or a link that lost its end again, is worth no question to the server. */
function secretIn(text: string, page: LinkedPage): string | undefined {
  if (page === 'join') return 'code' in parseCode(text) ? text : undefined
  const token = readLink(text) ? readLink(text)!.secret : pastedToken(text)
  return /^[\w-]{30,}$/.test(token) ? token : undefined
}
