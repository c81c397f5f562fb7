import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import type { ProblemCode } from '../../src/platform/problems'
import { type ApiError, isAt } from '../api'

interface Field {
  path: string
  /** A problem code that belongs to this field, though the server gives no path with it. */
  about: ProblemCode | undefined
}

interface Shown {
  refusal: ApiError | null
  /** Registers a field; returns the function that removes it. */
  add: (field: Field) => () => void
}

const Refusal = createContext<Shown>({ refusal: null, add: () => () => {} })

/**
 * The error of one field of a `ConfirmDialog`. Call it in the field, so that the dialog knows which errors its fields show.
 * Only `invalid_input` belongs to fields: the paths of other refusals point to something else.
 */
export function useFieldError(path: string, about?: ProblemCode): string | undefined {
  const { refusal, add } = use(Refusal)
  useEffect(() => add({ path, about }), [add, path, about])
  if (!refusal) return undefined
  if (refusal.code === about) return refusal.message
  return refusal.code === 'invalid_input' ? refusal.errorAt(path) : undefined
}

/** For help after a refusal, beyond its message. */
export const useRefusal = () => use(Refusal).refusal

/** The fields of a dialog, and whether they show all of a refusal. */
export function useFields() {
  const [fields] = useState(() => new Set<Field>())
  const [add] = useState(() => (field: Field) => {
    fields.add(field)
    return () => void fields.delete(field)
  })

  /** Whether the fields show every error of it. */
  function showAll({ code, errors }: ApiError): boolean {
    if ([...fields].some(({ about }) => about === code)) return true
    return (
      code === 'invalid_input' &&
      errors.length > 0 &&
      errors.every(({ path }) => [...fields].some((field) => isAt(path, field.path)))
    )
  }

  return { add, showAll }
}

export function FieldErrors(props: Shown & { children: ReactNode }) {
  const { refusal, add } = props
  return <Refusal value={{ refusal, add }}>{props.children}</Refusal>
}
