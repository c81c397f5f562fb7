import { t } from '../../../src/platform/messages/t'
import { SecretWindow } from '../../tokens/secret-window'

/** The secret with which a service verifies requests. It is shown only once. */
export function WebhookSecretWindow(props: { secret: string; replaced?: boolean; onClose: () => void }) {
  return (
    <SecretWindow
      title={t('Copy the signing secret')}
      warning={t('This secret is shown only now')}
      secret={props.secret}
      label={t('Signing secret')}
      copyLabel={t('Copy secret')}
      closeLabel={t('I have saved the secret')}
      onClose={props.onClose}
    >
      {props.replaced
        ? t(
            'Enter it in the service, which verifies with it that requests come from this site. For 24 hours, requests are also signed with the former secret.',
          )
        : t('Enter it in the service, which verifies with it that requests come from this site.')}
    </SecretWindow>
  )
}
