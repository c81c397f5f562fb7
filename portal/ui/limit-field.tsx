import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { useFieldError } from './field-errors'
import { NumberField } from './number-field'
import { type NumberValue, numberToSend } from './read-number'

/** The maximum number of members; null stands for the option beside the number field. */
export type LimitValue = NumberValue | null

export const limitToSend = (limit: LimitValue): number | null => (limit === null ? null : numberToSend(limit))

interface LimitFieldProps {
  value: NumberValue
  onChange: (limit: NumberValue) => void
  'data-autofocus'?: boolean
}

export function LimitField(props: LimitFieldProps) {
  return <NumberField label={t('Limit')} error={useFieldError('limit', 'limit_not_higher')} {...props} />
}

interface LimitChoiceProps {
  label: string
  description: string
  choices: { kind: 'number' | 'none'; label: string }[]
  value: LimitValue
  onChange: (limit: LimitValue) => void
}

/** A limit, or none. The typed number is kept while the other choice is selected. */
export function LimitChoice({ value, onChange, ...props }: LimitChoiceProps) {
  const [number, setNumber] = useState(value ?? '')
  const kind = value === null ? 'none' : 'number'
  const [first] = useState(kind)
  return (
    <>
      <Radio.Group
        label={props.label}
        description={props.description}
        value={kind}
        onChange={(kind) => onChange(kind === 'none' ? null : number)}
      >
        <Stack gap="xs" pt={8}>
          {props.choices.map(({ kind, label }) => (
            <Radio key={kind} value={kind} label={label} data-autofocus={kind === first || undefined} />
          ))}
        </Stack>
      </Radio.Group>
      {value !== null && (
        <LimitField
          value={value}
          onChange={(limit) => {
            setNumber(limit)
            onChange(limit)
          }}
        />
      )}
    </>
  )
}
