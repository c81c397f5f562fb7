import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
export const limitInWords = (limit: number | null): string =>
  limit === null ? t('no limit') : formatMessage('{limit, plural, one {# member} other {# members}}', { limit })
