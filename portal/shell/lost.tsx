import { Button, Text } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { ApiError } from '../api'
import { LinkButton } from '../ui/link'
import { Page } from '../ui/page'
import { Failed, Loading } from '../ui/states'
import { SignedOutFrame } from './signed-out-frame'

/** Before it is known who is here: the answer is on its way, or did not come. */
export function NotKnownYet(props: { problem: ApiError | null; onRetry: () => unknown }) {
  if (!props.problem) {
    return (
      <SignedOutFrame>
        <Loading />
      </SignedOutFrame>
    )
  }
  return (
    <SignedOutFrame>
      <Page title="Not available">
        <Failed problem={props.problem} onRetry={props.onRetry} />
      </Page>
    </SignedOutFrame>
  )
}

/** No page has this address. */
export function NothingHere() {
  return (
    <SignedOutFrame>
      <Page title="Nothing here">
        <Text>No page has this address. It may have been mistyped, or the page has moved.</Text>
        <LinkButton to="/organization">Go to your organization</LinkButton>
      </Page>
    </SignedOutFrame>
  )
}

/** A fault of ours on this page. */
export function Unexpected(props: { reset?: () => void }) {
  const router = useRouter()
  return (
    <SignedOutFrame>
      <Page title="Something went wrong">
        <Text>
          This page failed. Nothing was changed. Load it again; if it stays, tell an operator of this site what you did.
        </Text>
        <Button
          onClick={() => {
            props.reset?.()
            void router.invalidate()
            window.location.reload()
          }}
        >
          Load again
        </Button>
      </Page>
    </SignedOutFrame>
  )
}
