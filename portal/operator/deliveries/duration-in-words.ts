import { formatNumber } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'

/** “120 ms”. */
export const durationInWords = (milliseconds: number) => t('{number} ms', { number: formatNumber(milliseconds) })
