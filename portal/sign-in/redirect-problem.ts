import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ProblemCode } from '../../src/platform/problems'
import { ApiError } from '../api'

/** A problem that the server put into the address of a redirect. */
export function useRedirectProblem(): ApiError | null {
  const { hash } = useLocation()
  const code = new URLSearchParams(hash).get('problem')
  const [problem, setProblem] = useState<ApiError | null>(null)
  useEffect(() => {
    if (!code) return setProblem(null)
    // Loaded only when they are needed.
    void Promise.all([import('../../src/platform/errors'), import('../../src/platform/problems')]).then(
      ([{ detailOf }, { problemCodes, statusOf }]) => {
        const known = problemCodes.find((one): one is ProblemCode => one === code)
        setProblem(known ? new ApiError(known, detailOf(known), statusOf(known)) : null)
      },
    )
  }, [code])
  return problem
}
