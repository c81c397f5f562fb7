import { Fieldset, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../../../src/platform/messages/t'
import { ChoiceField } from '../../ui/choice-field'
import { NumberField } from '../../ui/number-field'
import type { Length, Unit } from './form'

const unitLabels: Record<Unit, string> = { minutes: t('minutes'), hours: t('hours'), days: t('days') }

interface LengthFieldProps {
  label: string
  description: string
  units: Unit[]
  /** The form finds the field by it when it has an error. */
  'data-path'?: string
  value?: Length
  error?: ReactNode
  onChange: (length: Length) => void
}

/** A length of time: a number and its unit, under one label. */
export function LengthField(props: LengthFieldProps) {
  const { value, unit } = props.value!
  return (
    <Fieldset
      variant="unstyled"
      legend={props.label}
      styles={{ legend: { fontWeight: 500, fontSize: 'var(--mantine-font-size-sm)', marginBottom: 0 } }}
    >
      <Text fz="0.825rem" lh={1.4} c="dimmed" mb={6}>
        {props.description}
      </Text>
      <Group gap="sm" align="flex-start">
        <NumberField
          aria-label={props.label}
          data-path={props['data-path']}
          w={110}
          styles={{ error: { whiteSpace: 'nowrap' } }}
          value={value}
          error={Boolean(props.error)}
          onChange={(next) => props.onChange({ value: next, unit })}
        />
        <ChoiceField
          label={t('Unit')}
          hiddenLabel
          data={props.units.map((one) => ({ value: one, label: unitLabels[one] }))}
          w={130}
          value={unit}
          onChange={(next) => props.onChange({ value, unit: next as Unit })}
        />
      </Group>
      {props.error && (value === '' || typeof value === 'number') && (
        <Text size="sm" c="var(--mantine-color-error)" mt={4}>
          {props.error}
        </Text>
      )}
    </Fieldset>
  )
}
