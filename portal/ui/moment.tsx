import { useSyncExternalStore } from 'react'
import { formatDate, formatRelative } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'

const steps: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

const exactly = (moment: string) => formatDate(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' })
const onDay = (moment: string) => formatDate(new Date(moment), { dateStyle: 'medium' })

/** “3 hours ago”, “in 7 days”. */
function fromNow(moment: string) {
  const seconds = (new Date(moment).getTime() - Date.now()) / 1000
  const step = steps.find(([, length]) => Math.abs(seconds) >= length)
  if (step) return formatRelative(Math.round(seconds / step[1]), step[0])
  return seconds > 30 ? t('in a minute') : t('just now')
}

const tick = 30_000
const subscribe = (tell: () => void) => {
  const timer = setInterval(tell, tick)
  return () => clearInterval(timer)
}

/** A time in the reader's format; hovering shows the exact time. Relative times are updated while the page is open. */
export function Moment(props: { at: string; as?: 'relative' | 'day' | 'exact' }) {
  useSyncExternalStore(subscribe, () => Math.floor(Date.now() / tick))
  const text = { relative: fromNow, day: onDay, exact: exactly }[props.as ?? 'relative'](props.at)
  return (
    <time dateTime={props.at} title={exactly(props.at)}>
      {text}
    </time>
  )
}
