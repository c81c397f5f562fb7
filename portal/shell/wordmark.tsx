import { Group } from '@mantine/core'

/** The logo and the name. */
export function Wordmark() {
  return (
    <Group gap={10} wrap="nowrap" c="var(--mantine-color-text)">
      <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--mantine-color-copper-7)" />
        <path
          d="M6.5 13 16 6.5 25.5 13M7.5 25.5h17M10 13.5v9M16 13.5v9M22 13.5v9"
          fill="none"
          stroke="#f6efdd"
          strokeWidth="2.2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span
        style={{
          fontFamily: 'var(--mantine-font-family-headings)',
          fontWeight: 600,
          fontSize: '1.3rem',
          letterSpacing: '0.01em',
        }}
      >
        Guildhall
      </span>
    </Group>
  )
}
