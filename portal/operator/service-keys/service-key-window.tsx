import { t } from '../../../src/platform/messages/t'
import { SecretWindow } from '../../tokens/secret-window'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import type { MadeServiceKey } from './create-key-dialog'

export function ServiceKeyWindow(props: { made: MadeServiceKey; onClose: () => void }) {
  return (
    <SecretWindow
      title={t('Copy the service key')}
      warning={t('This key is shown only now')}
      secret={props.made.secret}
      label={t('Service key')}
      copyLabel={t('Copy key')}
      closeLabel={t('I have saved the key')}
      onClose={props.onClose}
    >
      <Message
        text="Enter it in the service. Anyone who has it can see who has access. It expires on {date}."
        values={{ date: <Moment at={props.made.expiresAt} as="day" /> }}
      />
    </SecretWindow>
  )
}
