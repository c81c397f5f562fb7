import { t } from '../../src/platform/messages/t'

/** The hint below a field that both changed. */
export const currentValueHint = (value: string) => t('Current value: {value}', { value: value || t('empty') })

/** Whether a field’s error is that hint. */
export function isCurrentValueHint(error: unknown): boolean {
  const [before = '', after = ''] = t('Current value: {value}', { value: '\n' }).split('\n')
  return typeof error === 'string' && error.startsWith(before) && error.endsWith(after)
}
