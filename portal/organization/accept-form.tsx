import { Button, Group, Stack, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { detailOf } from '../../src/platform/errors'
import { longestPaste } from '../../src/platform/input/pasted'
import { formatCode, parseCode } from '../../src/platform/invitation-codes/code'
import { t } from '../../src/platform/messages/t'
import { statusOf } from '../../src/platform/problems'
import { ApiError } from '../api'
import { pendingLinks } from '../pending-links'
import { noCode, noWholeCode } from '../sign-in/links/incomplete-link'
import { ProblemAlert } from '../ui/callout'
import { DiscardQuestion } from '../ui/dialog'
import { SubmitButton } from '../ui/submit-button'
import { toast } from '../ui/toast'
import { useUnsaved } from '../ui/unsaved'
import { InvitationPreview } from './invitation-preview'
import { useAcceptInvitation, usePreviewInvitation } from './queries'

const isWhole = (text: string) => 'code' in parseCode(text)
const asShown = (text: string) => {
  const parsed = parseCode(text)
  return 'code' in parsed ? formatCode(parsed.code) : text
}
const said = { code_mistyped: detailOf('code_mistyped'), code_not_valid: noWholeCode }

/**
 * What the server would respond, without a request. A typo shows at once, an incomplete code only when it is submitted.
 */
function problemOf(text: string, asked: boolean): ApiError | null {
  const parsed = parseCode(text)
  if ('code' in parsed || (parsed.problem !== 'code_mistyped' && !asked)) return null
  const sentence = text.trim() === '' ? noCode : said[parsed.problem]
  return new ApiError(parsed.problem, sentence, statusOf(parsed.problem))
}

/** Previews a code as soon as it is complete. Only the button joins, even before the preview has arrived. */
export function AcceptForm(props: { initialCode: string; onCancel: () => void }) {
  const [code, setCode] = useState(() => asShown(props.initialCode))
  const field = useRef<HTMLInputElement>(null)
  const accept = useAcceptInvitation()
  const preview = usePreview(code)
  const [asked, setAsked] = useState(props.initialCode !== '')
  const [cancelling, setCancelling] = useState(false)
  const { watch, isUnsaved, leaving } = useUnsaved()
  const problem = problemOf(code, asked) ?? accept.error ?? preview.error
  const mistyped = isAboutTheCode(problem)

  useEffect(() => field.current?.focus(), [])

  async function submit(event: FormEvent) {
    event.preventDefault()
    setAsked(true)
    if (!isWhole(code)) return field.current?.focus()
    try {
      const answer = await accept.mutateAsync({ code })
      pendingLinks.code.drop()
      toast(
        answer.state === 'joined'
          ? t('You are now a member of {organization}.', { organization: answer.organizationName })
          : t('Request to join {organization} sent. An admin will review it.', {
              organization: answer.organizationName,
            }),
      )
    } catch {
      // The mutation keeps the refusal, and the form shows it.
    }
  }

  return (
    <form ref={watch} className="surface" noValidate onSubmit={submit}>
      {leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
      {cancelling && <DiscardQuestion onDiscard={props.onCancel} onKeep={() => setCancelling(false)} />}
      <Stack gap="lg">
        <Title order={2}>{t('Provide invitation code')}</Title>
        <TextInput
          ref={field}
          label={t('Invitation code')}
          description={t('Capitalization, spaces and dashes don’t matter.')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={longestPaste}
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value)
            setAsked(false)
            accept.reset()
          }}
          error={mistyped ? problem?.message : undefined}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          maw={560}
        />
        {preview.data && <InvitationPreview preview={preview.data} />}
        <ProblemAlert problem={mistyped ? null : problem} />
        <Group gap="sm">
          <SubmitButton busy={accept.isPending}>{t('Accept invitation')}</SubmitButton>
          <Button variant="default" onClick={() => (isUnsaved() ? setCancelling(true) : props.onCancel())}>
            {t('Cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const isAboutTheCode = (problem: ApiError | null) =>
  ['code_mistyped', 'code_not_valid', 'invalid_input'].includes(problem?.code ?? '')

function usePreview(code: string) {
  const [settled] = useDebouncedValue(code, 300)
  const { mutate, reset, data, error } = usePreviewInvitation()
  useEffect(() => {
    if (isWhole(settled)) mutate({ code: settled })
    else reset()
  }, [settled, mutate, reset])
  const current = settled === code
  return { data: current ? data : undefined, error: current ? error : null }
}
