import { Fieldset, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../../../src/platform/messages/t'
import { ChoiceField } from '../../ui/choice-field'
import { NumberField } from '../../ui/number-field'
import type { Length, Unit } from './form'

const unitLabels: Record<Unit, string> = { minutes: t('minutes'), hours: t('hours'), days: t('days') }

/** A length of time: a number and its unit, under one label. */
export function LengthField(props: {
  /** Where the form finds it when it has an error. */
  path: string
  label: string
  description: string
  units: Unit[]
  value: Length
  error?: ReactNode
  onChange: (length: Length) => void
}) {
  const { value, unit } = props.value
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
          data-path={props.path}
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
