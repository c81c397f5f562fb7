import { Button, Stack, Text, Textarea, type TextareaProps, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ChangeEvent, type ReactNode, useState } from 'react'
import { isCompleteSecret, type LinkedPage, pastedToken, plain, readLink } from '../../../src/platform/input/pasted'
import { parseCode } from '../../../src/platform/invitation-codes/code'
import { secretOf } from '../../pending-links'
import { SignedOutFrame } from '../../shell/signed-out-frame'
import { Page } from '../../ui/page'
import { SubmitButton } from '../../ui/submit-button'

/** What an empty field for a code says. */
export const noCode = 'Enter the code you were given.'
/** What is too short or too long for one. */
export const noWholeCode =
  'This is not a valid code. A code has seven groups of four letters and digits: copy all of it.'

interface Words {
  /** What a link to this page is. */
  name: string
  lead: string
  label: string
  empty: string
  wrong: string
}

const words: Record<LinkedPage, Words> = {
  join: {
    name: 'an invitation link',
    lead: 'Open the full link you were given, or enter the invitation code.',
    label: 'Invitation code',
    empty: noCode,
    wrong: noWholeCode,
  },
  setup: {
    name: 'a link that sets up a site',
    lead: 'Copy the full link from the server’s output: it prints the link when it starts.',
    label: 'Link',
    empty: 'Paste the link.',
    wrong: 'This link is incomplete too. It ends with # and 43 letters and digits.',
  },
  'confirm-address': {
    name: 'a link that confirms an e-mail address',
    lead: 'Open the full link you were sent, or paste the link or the whole message here.',
    label: 'Link',
    empty: 'Paste the link.',
    wrong: 'This link is incomplete too. It ends with # and 32 letters and digits.',
  },
  reset: {
    name: 'a link that sets a new password',
    lead: 'Open the full link you were sent, or paste the link or the whole message here.',
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
  const [other, setOther] = useState<ReturnType<typeof readLink>>()
  const { lead, label, empty, wrong } = words[props.page]
  const field = {
    label,
    autoComplete: 'off',
    spellCheck: false,
    required: true,
    value: text,
    error,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setText(event.currentTarget.value)
      setError(null)
      setOther(undefined)
    },
  }
  return (
    <SignedOutFrame>
      <Page title={props.title ?? 'This link is incomplete'} lead={props.lead ?? lead}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            const link = readLink(plain(text))
            if (link?.secret && link.page !== props.page) return setOther(link)
            const secret = secretIn(text, props.page)
            if (secret && secret !== props.given) secretOf[props.page].put(secret)
            else setError(text.trim() === '' ? empty : isTypo(text, props.page) ? typo : wrong)
          }}
        >
          <Stack gap="md">
            {props.page === 'join' ? <TextInput {...field} /> : <PastedText {...field} />}
            {other ? <OtherLink {...other} /> : <SubmitButton busy={false}>Continue</SubmitButton>}
          </Stack>
        </form>
        {props.children}
      </Page>
    </SignedOutFrame>
  )
}

/** More than a line may be pasted into it; Enter sends it all the same. */
function PastedText(props: TextareaProps) {
  return (
    <Textarea
      {...props}
      autosize
      minRows={1}
      maxRows={8}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
        event.preventDefault()
        event.currentTarget.form?.requestSubmit()
      }}
    />
  )
}

/** A link to another page, which works there. */
function OtherLink(props: { page: LinkedPage; secret: string }) {
  const navigate = useNavigate()
  return (
    <>
      <Text role="alert">This is {words[props.page].name}.</Text>
      <Button
        onClick={() => {
          secretOf[props.page].put(props.secret)
          void navigate({ to: `/${props.page}` })
        }}
      >
        Open this link
      </Button>
    </>
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
  const token = pastedToken(text)
  return isCompleteSecret(page, token) ? token : undefined
}
