import { Button, Stack, Text, Textarea, type TextareaProps, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ChangeEvent, type ReactNode, useState } from 'react'
import { isCompleteSecret, type LinkedPage, pastedToken, plain, readLink } from '../../../src/platform/input/pasted'
import { parseCode } from '../../../src/platform/invitation-codes/code'
import { t } from '../../../src/platform/messages/t'
import { secretOf } from '../../pending-links'
import { SignedOutPage } from '../../shell/signed-out-frame'
import { SubmitButton } from '../../ui/submit-button'

/** The error for an empty code field. */
export const noCode = t('Enter the code you were given.')
/** The error for text that is too short or too long for a code. */
export const noWholeCode = t(
  'This code is not valid. A code has seven groups of four letters and digits. Copy all of it.',
)

interface Words {
  /** Says what a link to this page does, on another page. */
  isOne: string
  lead: string
  label: string
  empty: string
  wrong: string
}

const words: Record<LinkedPage, Words> = {
  join: {
    isOne: t('This is an invitation link.'),
    lead: t('Open the full link you were given, or enter the invitation code.'),
    label: t('Invitation code'),
    empty: noCode,
    wrong: noWholeCode,
  },
  setup: {
    isOne: t('This is a link that sets up a site.'),
    lead: t('Copy the full link from the server’s output. The server prints it when it starts.'),
    label: t('Link'),
    empty: t('Paste the link.'),
    wrong: t('This link is incomplete too. A full link ends with # and 43 letters and digits.'),
  },
  'confirm-address': {
    isOne: t('This is a link that confirms an e-mail address.'),
    lead: t('Open the full link from your e-mail, or paste the link or the whole message here.'),
    label: t('Link'),
    empty: t('Paste the link.'),
    wrong: t('This link is incomplete too. A full link ends with # and 32 letters and digits.'),
  },
  reset: {
    isOne: t('This is a link that sets a new password.'),
    lead: t('Open the full link you were sent, or paste the link or the whole message here.'),
    label: t('Link'),
    empty: t('Paste the link.'),
    wrong: t('This link is incomplete too. A full link ends with # and 32 letters and digits.'),
  },
}

interface IncompleteLinkProps {
  page: LinkedPage
  /** If more than the end of the link is wrong. */
  title?: string
  lead?: string
  /** The secret that the link carried and that does not work. A code can be corrected. */
  given?: string
  children?: ReactNode
}

/** For a link that lost its end. What is pasted here works as if the full link had been opened. */
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
    <SignedOutPage title={props.title ?? t('This link is incomplete')} lead={props.lead ?? lead}>
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
          {other ? <OtherLink {...other} /> : <SubmitButton busy={false}>{t('Continue')}</SubmitButton>}
        </Stack>
      </form>
      {props.children}
    </SignedOutPage>
  )
}

/** Takes more than one line of pasted text; Enter still submits it. */
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

/** A link that belongs to another page, and leads there. */
function OtherLink(props: { page: LinkedPage; secret: string }) {
  const navigate = useNavigate()
  return (
    <>
      <Text role="alert">{words[props.page].isOne}</Text>
      <Button
        onClick={() => {
          secretOf[props.page].put(props.secret)
          void navigate({ to: `/${props.page}` })
        }}
      >
        {t('Open this link')}
      </Button>
    </>
  )
}

const typo = t('This code has a typo.')

function isTypo(text: string, page: LinkedPage): boolean {
  const parsed = page === 'join' && parseCode(text)
  return parsed && 'problem' in parsed && parsed.problem === 'code_mistyped'
}

/** Undefined for an empty field or another incomplete link: neither needs a request. */
function secretIn(text: string, page: LinkedPage): string | undefined {
  if (page === 'join') return 'code' in parseCode(text) ? text : undefined
  const token = pastedToken(text)
  return isCompleteSecret(page, token) ? token : undefined
}
