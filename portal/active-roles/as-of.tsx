import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../../src/platform/messages/t'
import type { ApiError } from '../api'
import { Callout } from '../ui/callout'
import { DateField } from '../ui/date-field'
import { minuteOf } from '../ui/local-time'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'

interface AsOfProps {
  /** The moment in the past that is shown; undefined for now. */
  at: string | undefined
  onChange: (at: string | undefined) => void
  /** Why nothing could be loaded. A moment in the future is an error of the field. */
  problem: Error | null
  children: ReactNode
}

/** Chooses between now and a moment in the past. A notice says when it shows the past. */
export function AsOf(props: AsOfProps) {
  const { at, onChange } = props
  const problem = props.problem as ApiError | null
  const ahead = problem?.code === 'moment_in_the_future'
  return (
    <>
      <DateField
        type="datetime-local"
        label={t('As of')}
        value={at ? minuteOf(new Date(at)) : ''}
        error={ahead && problem.message}
        onChange={(minute) => onChange(momentOf(minute))}
        inputContainer={(input) => (
          <Group gap="sm" align="flex-start">
            {input}
            {at ? (
              <Button variant="default" onClick={() => onChange(undefined)}>
                {t('Back to now')}
              </Button>
            ) : (
              <Text c="dimmed" lh="36px">
                {t('Now')}
              </Text>
            )}
          </Group>
        )}
      />
      <div role="status" hidden={!at || ahead}>
        {at && !ahead && (
          <Callout
            title={
              <Message
                text="You are viewing the past: roles held on {date}"
                values={{ date: <Moment at={at} as="exact" /> }}
              />
            }
          />
        )}
      </div>
      {!ahead && props.children}
    </>
  )
}

const momentOf = (minute: string) => (minute ? new Date(minute).toISOString() : undefined)
