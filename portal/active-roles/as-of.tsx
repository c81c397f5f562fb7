import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ApiError } from '../api'
import { Callout } from '../ui/callout'
import { DateField } from '../ui/date-field'
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
  const problem = props.problem as ApiError | null
  const ahead = problem?.code === 'moment_in_the_future'
  return (
    <>
      <DateField
        type="datetime-local"
        label="As of"
        value={at ? minuteOf(new Date(at)) : ''}
        error={ahead && problem.message}
        onChange={(minute) => onChange(momentOf(minute))}
        inputContainer={(input) => (
          <Group gap="sm" align="flex-start">
            {input}
            {at ? (
              <Button variant="default" onClick={() => onChange(undefined)}>
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
