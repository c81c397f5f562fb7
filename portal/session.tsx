import { queryOptions, useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { createContext, use } from 'react'
import { getMe } from '../src/membership/me/schema'
import type { AnswerOf } from '../src/platform/http/endpoint'
import { ApiError } from './api'
import { callSignedIn } from './call-signed-in'
import { notePageAccount } from './page-account'

/** The signed-in person, with their organization. */
export type Me = AnswerOf<typeof getMe>

/** Who is signed in. Null if no one is, which is an answer and not an error. */
export const meQuery = queryOptions<Me | null, ApiError>({
  queryKey: [getMe.id],
  queryFn: async ({ signal }) => {
    const me = await callSignedIn(getMe, {}, signal).catch((error) => {
      if (error instanceof ApiError && error.code === 'not_signed_in') return null
      throw error
    })
    await notePageAccount(me?.account.id ?? null)
    return me
  },
})

export const useMeQuery = () => useQuery(meQuery)

/** The page to continue with after signing in; undefined for the first page. */
export const pageAfterSignIn = (address: string) => (address === '/organization' ? undefined : address)

export const MeContext = createContext<Me | null>(null)

/** The signed-in person. Only inside the shell, which renders nothing without one. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('useMe outside the shell')
  return me
}

export type MyOrganization = NonNullable<Me['organization']>

/** A page of your organization. Without one, or without the right to see it, it redirects to the first page. */
export function WithOrganization(props: {
  may?: keyof MyOrganization['can']
  children: (organization: MyOrganization) => React.ReactNode
}) {
  const { organization } = useMe()
  if (!organization || (props.may && !organization.can[props.may])) return <Navigate to="/organization" replace />
  return props.children(organization)
}
