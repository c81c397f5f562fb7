import { useLocation } from '@tanstack/react-router'
import { type ProblemCode, problemCodes, sentenceOf, statusOf } from '../../src/errors'
import { Refusal } from '../api'

/** A problem that the server tells in the address, because a browser on its way could not be told otherwise. */
export function useToldProblem(): Refusal | null {
  const { hash } = useLocation()
  const code = new URLSearchParams(hash).get('problem') as ProblemCode | null
  if (!code || !problemCodes.includes(code)) return null
  return new Refusal(code, sentenceOf(code), statusOf(code))
}
