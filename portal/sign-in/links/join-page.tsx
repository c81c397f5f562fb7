import { Text } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { parseCode } from '../../../src/platform/invitation-codes/code'
import { t } from '../../../src/platform/messages/t'
import { pendingLinks } from '../../pending-links'
import { useMeQuery } from '../../session'
import { SessionPendingPage } from '../../shell/fallback-pages'
import { TextLink } from '../../ui/link'
import { Message } from '../../ui/message'
import { IncompleteLink } from './incomplete-link'
import { usePendingLink } from './use-pending-link'

/**
 * The target of an invitation link. It never joins: it leads to the form, after signing in if needed. A typo is reported
 * first, so that no one registers for a code that cannot be valid.
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
          <Message
            text="No invitation? <a>Go to your organization</a>"
            values={{ a: <TextLink to="/organization" onClick={pendingLinks.code.drop} /> }}
          />
        </Text>
      </IncompleteLink>
    )
  }
  if (me) return <Navigate to="/organization" replace />
  if (me === null) return <Navigate to="/sign-in" search={{ next: '/join' }} replace />
  return <SessionPendingPage problem={error} onRetry={refetch} />
}

const typo = {
  title: t('This code has a typo'),
  lead: t('Compare it with the code you were given and correct it here, or open the link again.'),
}
