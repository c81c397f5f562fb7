import { Button, Text } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { t } from '../../src/platform/messages/t'
import type { ApiError } from '../api'
import { LinkButton } from '../ui/link'
import { Failed, Loading } from '../ui/states'
import { SignedOutFrame, SignedOutPage } from './signed-out-frame'

/** Shown until it is known who is signed in: loading, or the error that prevents it. */
export function SessionPendingPage(props: { problem: ApiError | null; onRetry: () => unknown }) {
  if (!props.problem) {
    return (
      <SignedOutFrame>
        <Loading />
      </SignedOutFrame>
    )
  }
  return (
    <SignedOutPage title={t('Not available')}>
      <Failed problem={props.problem} onRetry={props.onRetry} />
    </SignedOutPage>
  )
}

/** The page for unknown addresses. */
export function NotFoundPage() {
  return (
    <SignedOutPage title={t('Page not found')}>
      <Text>{t('There is no page at this URL. It may be mistyped, or the page may have moved.')}</Text>
      <LinkButton to="/organization">{t('Go to your organization')}</LinkButton>
    </SignedOutPage>
  )
}

/** Shown when rendering a page throws. */
export function CrashPage(props: { reset?: () => void }) {
  const router = useRouter()
  return (
    <SignedOutPage title={t('Something went wrong')}>
      <Text>
        {t(
          'This page stopped working. Nothing was changed. Reload it. If the problem persists, tell an operator of this site what you were doing.',
        )}
      </Text>
      <Button
        onClick={() => {
          props.reset?.()
          void router.invalidate()
          window.location.reload()
        }}
      >
        {t('Reload')}
      </Button>
    </SignedOutPage>
  )
}
