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

/** “12:03” today; on other days with the date. */
const timeOf = (moment: string) =>
  new Date(moment).toDateString() === new Date().toDateString()
    ? formatDate(new Date(moment), { timeStyle: 'short' })
    : exactly(moment)

/** “12:03:45” today; on other days with the date. */
const secondsOf = (moment: string) =>
  new Date(moment).toDateString() === new Date().toDateString()
    ? formatDate(new Date(moment), { timeStyle: 'medium' })
    : formatDate(new Date(moment), { dateStyle: 'medium', timeStyle: 'medium' })

/** “4 seconds ago”: relative, and counted from the first second. */
function counted(moment: string) {
  const seconds = Math.round((Date.now() - new Date(moment).getTime()) / 1000)
  return seconds < 60 ? formatRelative(-Math.max(seconds, 0), 'second') : fromNow(moment)
}

const every = (tick: number) => (tell: () => void) => {
  const timer = setInterval(tell, tick)
  return () => clearInterval(timer)
}
const [tick, fastTick] = [30_000, 1000]
const [slowly, fast] = [every(tick), every(fastTick)]

/** A time in the reader's format; hovering shows the exact time. Relative times are updated while the page is open. */
export function Moment(props: { at: string; as?: 'relative' | 'counted' | 'day' | 'time' | 'exact' | 'seconds' }) {
  const [subscribe, length] = props.as === 'counted' ? [fast, fastTick] : [slowly, tick]
  useSyncExternalStore(subscribe, () => Math.floor(Date.now() / length))
  const forms = { relative: fromNow, counted, day: onDay, time: timeOf, exact: exactly, seconds: secondsOf }
  const text = forms[props.as ?? 'relative'](props.at)
  return (
    <time dateTime={props.at} title={exactly(props.at)}>
      {text}
    </time>
  )
}
