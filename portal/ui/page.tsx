import { Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle, useId } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'

let firstPage = true
let address = ''

/**
 * A page: its one h1, the document's title, and the place where the keyboard goes on after a change of page. One that takes
 * another's place at the same address begins at its top; the router sees to all others.
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

/** A part of a page under its own heading, which also names it for those who hear the page. Links can lead to its anchor. */
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
