import { Text } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { carried } from '../carried'
import { useMeQuery } from '../session'
import { TextLink } from '../ui/link'
import { NotKnownYet } from '../ui/lost'
import { IncompleteLink } from './incomplete-link'
import { useCarried } from './use-carried'

/** An invitation link ends here. It never joins: it leads to the form, by way of signing in where that is needed. */
export function JoinPage() {
  const { data: me, error, refetch } = useMeQuery()
  const code = useCarried(carried.code)
  if (!code) {
    return (
      <IncompleteLink page="join">
        <Text>
          No invitation? <TextLink to="/organization">Go to your organization</TextLink>
        </Text>
      </IncompleteLink>
    )
  }
  if (me) return <Navigate to="/organization" replace />
  if (me === null) return <Navigate to="/sign-in" search={{ next: '/join' }} replace />
  return <NotKnownYet problem={error} onRetry={refetch} />
}
