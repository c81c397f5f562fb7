import { Button, type ButtonProps } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

type SubmitButtonProps = ButtonProps & { busy: boolean; children: ReactNode; 'data-autofocus'?: boolean }

/** Submits a form once. While busy it is disabled and loses the focus; if the request fails, it takes the focus back. */
export function SubmitButton({ busy, ...props }: SubmitButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const hadFocus = useRef(false)
  useEffect(() => {
    if (busy) return
    if (hadFocus.current && document.activeElement === document.body) button.current?.focus()
    hadFocus.current = false
  }, [busy])
  return (
    <Button
      ref={button}
      type="submit"
      loading={busy}
      onClick={() => {
        hadFocus.current = document.activeElement === button.current
      }}
      {...props}
    />
  )
}
