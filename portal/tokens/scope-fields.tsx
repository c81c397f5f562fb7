import { Checkbox, Fieldset, Input, Text } from '@mantine/core'
import { useId } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { Scope } from '../../src/platform/access/scopes'
import { t } from '../../src/platform/messages/t'
import classes from './scope-fields.module.css'
import { type ApiPart, apiParts, apiPartsOf } from './scopes'

interface ScopeFieldsProps {
  offered: Scope[]
  /** The form finds the first field by it when it has an error. */
  'data-path'?: string
  value?: Scope[]
  error?: ReactNode
  onChange?: (scopes: Scope[]) => void
}

/** What a token may do: reading and writing, for each part of the API. */
export function ScopeFields(props: ScopeFieldsProps) {
  const { offered, value = [], error, onChange } = props
  const id = useId()
  const errorId = `${id}-error`
  const parts = apiPartsOf('read', offered)
  const set = (scope: Scope, on: boolean) => onChange?.(on ? [...value, scope] : value.filter((one) => one !== scope))
  const box = (scope: Scope, label: string) =>
    offered.includes(scope) && (
      <Checkbox
        label={label}
        checked={value.includes(scope)}
        error={Boolean(error)}
        data-path={scope === `read:${parts[0]}` ? props['data-path'] : undefined}
        onChange={(event) => set(scope, event.currentTarget.checked)}
      />
    )
  return (
    <Fieldset
      variant="unstyled"
      legend={t('Scopes')}
      aria-describedby={error ? errorId : undefined}
      styles={{
        legend: {
          fontWeight: 'var(--mantine-font-weight-medium)',
          fontSize: 'var(--mantine-font-size-sm)',
          marginBottom: 4,
        },
      }}
    >
      {error && (
        <Input.Error id={errorId} mb={6}>
          {error}
        </Input.Error>
      )}
      <div className={classes.parts}>
        {parts.map((part) => (
          <PartFields key={part} part={part} writes={offered.includes(`write:${part}`)}>
            {box(`read:${part}`, t('Read'))}
            {box(`write:${part}`, t('Write'))}
          </PartFields>
        ))}
      </div>
    </Fieldset>
  )
}

function PartFields(props: { part: ApiPart; writes: boolean; children: ReactNode }) {
  const { label, hint, readHint } = apiParts[props.part]
  const id = useId()
  return (
    <fieldset className={classes.part} aria-label={label} aria-describedby={id}>
      <div className={classes.words}>
        <Text size="sm" fw={600} aria-hidden>
          {label}
        </Text>
        <Text size="sm" c="dimmed" id={id}>
          {(!props.writes && readHint) || hint}
        </Text>
      </div>
      {props.children}
    </fieldset>
  )
}
