import { Button, Text } from '@mantine/core'
import { askAgain, useAway } from '../connection'
import classes from './offline-bar.module.css'

/** While the site does not answer. It goes away by itself. */
export function OfflineBar() {
  const away = useAway()
  return (
    <div role="status" className={classes.bar}>
      {away && (
        <>
          <Text size="sm">No connection to the site. Trying again…</Text>
          <Button variant="default" size="xs" onClick={() => void askAgain()}>
            Try now
          </Button>
        </>
      )}
    </div>
  )
}
