import { t } from '../../src/platform/messages/t'
import { Callout } from '../ui/callout'

const thisComputer = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/

/** A site that is only being tried out has a URL that no other computer can reach. */
export function ThisComputerNotice(props: { link: string }) {
  if (!thisComputer.test(new URL(props.link).hostname)) return null
  return (
    <Callout title={t('This link works only on this computer')}>
      {t(
        'Other devices can’t open it. Before you share it, an operator must set {setting} to the site’s public URL. The code itself works on any device.',
        { setting: 'BASE_URL' },
      )}
    </Callout>
  )
}
