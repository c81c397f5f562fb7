import { Button, Group, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import type { Refusal } from '../api'
import { Callout } from '../ui/callout'
import { minuteOf } from '../ui/local-time'
import { Moment } from '../ui/moment'

interface AsOfProps {
  /** The past moment that is looked at; undefined for now. */
  at: string | undefined
  onChange: (at: string | undefined) => void
  /** Why there is no answer. That the moment is still to come belongs to the field. */
  problem: Error | null
  children: ReactNode
}

/** What is held now, or was at any moment that has passed. That it is not now is said in so many words. */
export function AsOf(props: AsOfProps) {
  const { at, onChange } = props
  const [text, setText] = useState(at ? minuteOf(new Date(at)) : '')
  // A year is a year already while it is being typed: 2026 begins with the year 2.
  const tell = useDebouncedCallback((minute: string) => onChange(momentOf(minute)), 600)
  const problem = props.problem as Refusal | null
  const ahead = problem?.code === 'moment_in_the_future'
  function backToNow() {
    tell.cancel()
    setText('')
    onChange(undefined)
  }
  return (
    <>
      <TextInput
        type="datetime-local"
        label="As of"
        // Keeps the year at four digits.
        max="9999-12-31T23:59"
        value={text}
        error={ahead && problem.message}
        onChange={(event) => {
          setText(event.currentTarget.value)
          tell(event.currentTarget.value)
        }}
        inputContainer={(input) => (
          <Group gap="sm" align="flex-start">
            {input}
            {at ? (
              <Button variant="default" onClick={backToNow}>
                Back to now
              </Button>
            ) : (
              <Text c="dimmed" lh="36px">
                Now
              </Text>
            )}
          </Group>
        )}
      />
      <div role="status" hidden={!at || ahead}>
        {at && !ahead && (
          <Callout
            title={
              <>
                This is the past: what was held on <Moment at={at} as="exact" />
              </>
            }
          />
        )}
      </div>
      {!ahead && props.children}
    </>
  )
}

const momentOf = (minute: string) => (minute ? new Date(minute).toISOString() : undefined)
