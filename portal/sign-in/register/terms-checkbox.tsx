import { Anchor, Checkbox, type CheckboxProps } from '@mantine/core'
import { Message } from '../../ui/message'

/** The terms open in a new tab, so that the form keeps its content. */
export function TermsCheckbox({ address, ...props }: CheckboxProps & { address: string }) {
  return (
    <Checkbox
      label={
        <Message
          text="I have read and accept the <a>terms of this site</a>"
          values={{ a: <Anchor inherit href={address} target="_blank" rel="noreferrer" /> }}
        />
      }
      {...props}
    />
  )
}
