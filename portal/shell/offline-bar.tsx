import { Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import { askAgain, useAway } from '../connection'
import { SmallButton } from '../ui/small-button'
import classes from './offline-bar.module.css'

/** Shown while the site does not answer. */
export function OfflineBar() {
  const away = useAway()
  return (
    <div role="status" className={classes.bar}>
      {away && (
        <>
          <Text size="sm">{t('Can’t reach the site. Retrying…')}</Text>
          <SmallButton onClick={() => void askAgain()}>{t('Retry now')}</SmallButton>
        </>
      )}
    </div>
  )
}
