import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import type { ProblemCode } from '../../src/platform/problems'
import { type ApiError, isAt } from '../api'

interface Field {
  path: string
  /** A problem that concerns this field and no other, though the server names no path with it. */
  about: ProblemCode | undefined
}

interface Shown {
  refusal: ApiError | null
  /** Says that a field is there; returns what takes it back. */
  add: (field: Field) => () => void
}

const Refusal = createContext<Shown>({ refusal: null, add: () => () => {} })

/**
 * What is wrong with one field of a `ConfirmDialog`. Call it in the field, so that the window knows what its fields show.
 * Only wrong input belongs to fields: a refusal of another kind points to something else with its paths.
 */
export function useFieldError(path: string, about?: ProblemCode): string | undefined {
  const { refusal, add } = use(Refusal)
  useEffect(() => add({ path, about }), [add, path, about])
  if (!refusal) return undefined
  if (refusal.code === about) return refusal.message
  return refusal.code === 'invalid_input' ? refusal.errorAt(path) : undefined
}

/** For what helps after a refusal besides its sentence. */
export const useRefusal = () => use(Refusal).refusal

/** Which fields a window has, and what they show of a refusal. */
export function useFields() {
  const [fields] = useState(() => new Set<Field>())
  const [add] = useState(() => (field: Field) => {
    fields.add(field)
    return () => void fields.delete(field)
  })

  /** Whether the fields show every part of it. */
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
