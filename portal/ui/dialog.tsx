import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { createContext, type FormEvent, type ReactNode, use, useCallback, useEffect, useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { ApiError } from '../api'
import { ProblemAlert } from './callout'
import { FieldErrors, useFields } from './field-errors'
import { type AnyForm, asFormProblem, showFieldErrors } from './form'
import { focusHeading, focusIsLost, takesFocus, whenFocusMayBeLost } from './keep-focus'
import { SubmitButton } from './submit-button'
import { useUnsaved } from './unsaved'

let lastOpener: Element | null = null

/** Where the focus goes when a dialog closes: back to what opened it, or, if that is gone, to the page’s heading. */
function useFocusReturn() {
  const [[inWindow, onPage]] = useState(() => {
    const active = document.activeElement
    if (active?.closest('[role="dialog"]')) return [active, lastOpener]
    if (active && active !== document.body) lastOpener = active
    return [null, lastOpener]
  })
  useEffect(
    () => () => {
      setTimeout(() => {
        if (!focusIsLost()) return
        // A dialog over another one returns to it. One that followed another returns to what opened the first.
        if (inWindow instanceof HTMLElement && takesFocus(inWindow)) inWindow.focus({ preventScroll: true })
        else if (onPage instanceof HTMLElement && takesFocus(onPage)) {
          onPage.focus({ preventScroll: true })
          watch(onPage)
        } else focusHeading()
      }, 20)
    },
    [inWindow, onPage],
  )
}

/** How long the page may take to change after a confirmation, in milliseconds. */
const pageChangeTimeoutMs = 5000

/** The page may change a moment later and remove or disable the opener, which would lose the focus. */
function watch(opener: HTMLElement) {
  const observer = whenFocusMayBeLost(() => {
    if (takesFocus(opener)) return
    observer.disconnect()
    if (focusIsLost()) focusHeading()
  })
  setTimeout(() => observer.disconnect(), pageChangeTimeoutMs)
}

/**
 * The open dialogs, the last one on top. Only that one handles Escape. Mantine’s `Modal.Stack` would keep such a list, but
 * forgets a dialog only when `opened` turns false, not when it is unmounted, as ours are: the next one down would no longer
 * handle Escape. It also hides the dialogs below, and “Discard changes?” asks about one of them.
 */
const open: symbol[] = []

function useOnTop() {
  const [me] = useState(() => Symbol())
  useEffect(() => {
    open.push(me)
    return () => void open.splice(open.indexOf(me), 1)
  }, [me])
  return () => open.at(-1) === me
}

export interface DialogProps {
  title: string
  onClose: () => void
  size?: string | undefined
  /** Changes that the fields alone do not show: parts that were added or removed. */
  changed?: boolean | undefined
  /** Closes with its own button only, because what it shows is not shown again. */
  stays?: boolean
  children: ReactNode
}

/** Closes the dialog, or leaves it another way. Asks first if something was entered. */
const LeaveContext = createContext<(leave: () => void) => void>((leave) => leave())

/** A dialog over the page. It is open as long as it is rendered. */
export function Dialog(props: DialogProps) {
  useFocusReturn()
  const isOnTop = useOnTop()
  const { watch, isUnsaved, leaving } = useUnsaved({
    changed: props.changed || props.stays,
    inWindow: true,
    firm: props.stays,
  })
  const [asked, setAsked] = useState<{ leave: () => void } | null>(null)
  const leave = useCallback((leave: () => void) => (isUnsaved() ? setAsked({ leave }) : leave()), [isUnsaved])
  return (
    <>
      <Modal.Root
        opened
        onClose={() => isOnTop() && !props.stays && leave(props.onClose)}
        size={props.size ?? 'md'}
        centered
        radius="lg"
        padding="lg"
        returnFocus={false}
        transitionProps={{ duration: 120 }}
      >
        <Modal.Overlay backgroundOpacity={0.45} />
        <Modal.Content bg="var(--surface)">
          {/* Not a banner: the page already has one. */}
          <Modal.Header role="presentation" bg="var(--surface)" style={{ alignItems: 'flex-start' }}>
            <Modal.Title ff="heading" fw={600} fz="1.25rem" lh={1.3}>
              {props.title}
            </Modal.Title>
            {!props.stays && <Modal.CloseButton aria-label={t('Close this window')} />}
          </Modal.Header>
          <Modal.Body ref={watch}>
            <LeaveContext value={leave}>{props.children}</LeaveContext>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
      {asked && <DiscardQuestion onDiscard={asked.leave} onKeep={() => setAsked(null)} />}
      {!asked && leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
    </>
  )
}

/** Asks before unsaved input is lost. */
export function DiscardQuestion(props: { onDiscard: () => void; onKeep: () => void }) {
  return (
    <Dialog title={t('Discard changes?')} size="sm" onClose={props.onKeep}>
      <Stack gap="md">
        <Text>{t('What you entered is not saved.')}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onKeep} data-autofocus>
            {t('Keep editing')}
          </Button>
          <Button color="red.9" onClick={props.onDiscard}>
            {t('Discard')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

/** Leaves the dialog without doing anything. */
function CancelButton(props: { onCancel: () => void; children: ReactNode }) {
  const leave = use(LeaveContext)
  return (
    <Button variant="default" onClick={() => leave(props.onCancel)}>
      {props.children}
    </Button>
  )
}

/** Whether each error has its field in the dialog: `getInputProps` writes the path there. */
const formShowsAll = (within: HTMLElement, { errors }: ApiError) =>
  errors.length > 0 && errors.every(({ path }) => within.querySelector(`[data-path="${CSS.escape(path)}"]`) !== null)

export interface ConfirmDialogProps {
  title: string
  children?: ReactNode
  /** Does it, with a toast. The dialog then closes; a refusal keeps it open and is shown in it. */
  onConfirm: () => Promise<unknown>
  /** False if another dialog follows this one, or it closes itself. */
  closes?: boolean
  onClose: () => void
  /** Changes what is shown of a refusal, for instance its field; null shows nothing. */
  onRefusal?: (refusal: ApiError) => ApiError | null
  /** Called when the data changed since it was shown. The dialog stays open and shows the current state. */
  onChanged?: () => void
  /** The form in it, which shows its field errors and, with `onChanged`, what others changed. */
  form?: AnyForm
  danger?: boolean
  disabled?: boolean
  changed?: boolean
  size?: string
  confirmLabel?: string
  cancelLabel?: string
  onCancel?: () => void
}

/**
 * Asks for confirmation before a change. Field errors appear at their fields (`useFieldError`, or the fields of `form`); above
 * the buttons only if some of them have no field.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const [atFields, setAtFields] = useState(false)
  const fields = useFields()

  async function confirm(within: HTMLElement) {
    setBusy(true)
    setRefusal(null)
    props.form?.clearErrors()
    try {
      await props.onConfirm()
      if (props.closes !== false) props.onClose()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'changed_meanwhile') props.onChanged?.()
      const shown = props.onRefusal ? props.onRefusal(error) : error
      if (!shown) return
      if (props.form) showFieldErrors(props.form, shown)
      setAtFields(fields.showAll(shown) || (props.form !== undefined && formShowsAll(within, shown)))
      setRefusal(props.form && props.onChanged ? asFormProblem(shown) : shown)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog title={props.title} onClose={props.onClose} size={props.size} changed={props.changed}>
      <form
        noValidate
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          // For React, a dialog opened by a form is inside that form and would submit it, too.
          event.stopPropagation()
          void confirm(event.currentTarget)
        }}
      >
        <Stack gap="md">
          <FieldErrors refusal={refusal} add={fields.add}>
            {props.children}
          </FieldErrors>
          <ProblemAlert problem={atFields ? null : refusal} />
          <Group justify="flex-end" gap="sm">
            <CancelButton onCancel={props.onCancel ?? props.onClose}>{props.cancelLabel ?? t('Cancel')}</CancelButton>
            <SubmitButton
              busy={busy}
              disabled={props.disabled}
              color={props.danger ? 'red.9' : undefined}
              data-autofocus={!props.disabled || undefined}
            >
              {props.confirmLabel ?? t('Confirm')}
            </SubmitButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
