import type { Token } from '../../src/membership/tokens/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { SmallButton } from '../ui/small-button'

/** Ends a token that works, and removes any other from the list. */
export function EndButton(props: { token: Token; works: boolean; onClick: () => void }) {
  const name = isolated(props.token.name)
  return (
    <SmallButton
      aria-label={props.works ? t('End {name}', { name }) : t('Remove {name}', { name })}
      onClick={props.onClick}
    >
      {props.works ? t('End') : t('Remove')}
    </SmallButton>
  )
}
