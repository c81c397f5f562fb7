import { Button, Text } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { LinkButton } from './link'
import { Page } from './page'
import { SignedOutFrame } from './signed-out-frame'

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
