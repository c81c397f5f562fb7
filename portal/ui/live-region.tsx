import { VisuallyHidden } from '@mantine/core'
import { useThrottledValue } from '@mantine/hooks'

/** Announces changes to screen readers, but not too often to follow. */
export function LiveRegion(props: { text: string }) {
  const text = useThrottledValue(props.text, 5000)
  return <VisuallyHidden aria-live="polite">{text}</VisuallyHidden>
}
