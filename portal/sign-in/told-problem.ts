import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ProblemCode } from '../../src/platform/problems'
import { ApiError } from '../api'

/** A problem that the server tells in the address, because a browser on its way could not be told otherwise. */
export function useToldProblem(): ApiError | null {
  const { hash } = useLocation()
  const code = new URLSearchParams(hash).get('problem')
  const [told, setTold] = useState<ApiError | null>(null)
  useEffect(() => {
    if (!code) return setTold(null)
    // The sentences are loaded by those few who need them.
    void Promise.all([import('../../src/platform/errors'), import('../../src/platform/problems')]).then(
      ([{ detailOf }, { problemCodes, statusOf }]) => {
        const known = problemCodes.find((one): one is ProblemCode => one === code)
        setTold(known ? new ApiError(known, detailOf(known), statusOf(known)) : null)
      },
    )
  }, [code])
  return told
}
