import { Text } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { parseCode } from '../../../src/platform/invitation-codes/code'
import { pendingLinks } from '../../pending-links'
import { useMeQuery } from '../../session'
import { NotKnownYet } from '../../shell/lost'
import { TextLink } from '../../ui/link'
import { IncompleteLink } from './incomplete-link'
import { usePendingLink } from './use-pending-link'

/**
 * An invitation link ends here. It never joins: it leads to the form, by way of signing in where that is needed. A typo
 * is told before: nobody registers for a code that cannot be right.
 */
export function JoinPage() {
  const { data: me, error, refetch } = useMeQuery()
  const code = usePendingLink(pendingLinks.code)
  const parsed = parseCode(code ?? '')
  if ('problem' in parsed) {
    return (
      <IncompleteLink
        key={code}
        page="join"
        {...(parsed.problem === 'code_mistyped' && code ? { ...typo, given: code } : {})}
      >
        <Text>
          No invitation?{' '}
          <TextLink to="/organization" onClick={pendingLinks.code.drop}>
            Go to your organization
          </TextLink>
        </Text>
      </IncompleteLink>
    )
  }
  if (me) return <Navigate to="/organization" replace />
  if (me === null) return <Navigate to="/sign-in" search={{ next: '/join' }} replace />
  return <NotKnownYet problem={error} onRetry={refetch} />
}

const typo = {
  title: 'There is a typo in this code',
  lead: 'Compare it with the one you were given, and correct it here. Or open the link once more.',
}
