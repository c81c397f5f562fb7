import { Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle, useId } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'

let firstPage = true
let address = ''

/**
 * A page: its only h1, the document title, and the focus target after a navigation. A page that replaces another at the
 * same address scrolls to its top; the router handles all other cases.
 */
export function Page(props: { title: string; lead?: ReactNode; action?: ReactNode; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(`${props.title} · Guildhall`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another page, also in the same component
  useEffect(() => {
    const main = document.getElementById('main')
    if (!firstPage && !main?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true })
    firstPage = false
  }, [props.title])
  useEffect(() => {
    if (address === window.location.href) window.scrollTo(0, 0)
    address = window.location.href
  }, [])
  return (
    <Stack gap="xl">
      <Group justify="space-between" align="flex-end" gap="md">
        <Stack gap={6} flex="1 1 20rem" miw={0}>
          <Title order={1} id="page-title" tabIndex={-1} ref={heading}>
            {props.title}
          </Title>
          {props.lead && (
            <Text c="dimmed" maw="62ch">
              {props.lead}
            </Text>
          )}
        </Stack>
        {props.action}
      </Group>
      {props.children}
    </Stack>
  )
}

/** A section with its own heading, which also labels it for screen readers. Links can target its anchor. */
export function Section(props: { title: string; lead?: ReactNode; anchor?: string; children: ReactNode }) {
  const id = useId(props.anchor)
  return (
    <Stack gap="md" component="section" aria-labelledby={id}>
      <Stack gap={4}>
        <Title order={2} id={id}>
          {props.title}
        </Title>
        {props.lead && (
          <Text c="dimmed" maw="62ch">
            {props.lead}
          </Text>
        )}
      </Stack>
      {props.children}
    </Stack>
  )
}
