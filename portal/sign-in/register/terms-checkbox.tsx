import { Anchor, Checkbox, type CheckboxProps } from '@mantine/core'

/** The terms open beside the page, so that what was typed stays. */
export function TermsCheckbox({ address, ...props }: CheckboxProps & { address: string }) {
  return (
    <Checkbox
      label={
        <>
          I have read and accept the{' '}
          <Anchor inherit href={address} target="_blank" rel="noreferrer">
            terms of this site
          </Anchor>
        </>
      }
      {...props}
    />
  )
}
