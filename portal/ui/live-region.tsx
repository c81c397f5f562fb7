import { VisuallyHidden } from '@mantine/core'
import { useThrottledValue } from '@mantine/hooks'

/** Read out when it changes, but not more often than one can listen to. */
export function LiveRegion(props: { text: string }) {
  const text = useThrottledValue(props.text, 5000)
  return <VisuallyHidden aria-live="polite">{text}</VisuallyHidden>
}
