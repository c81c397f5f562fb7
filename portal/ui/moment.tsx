const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' })
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

const steps: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

const exactly = (moment: string) => exact.format(new Date(moment))
const onDay = (moment: string) => day.format(new Date(moment))

/** “3 hours ago”, “in 7 days”. */
function fromNow(moment: string, now = Date.now()) {
  const seconds = (new Date(moment).getTime() - now) / 1000
  const step = steps.find(([, length]) => Math.abs(seconds) >= length)
  if (!step) return relative.format(0, 'second')
  return relative.format(Math.round(seconds / step[1]), step[0])
}

/** A moment in the reader's own way of writing it; the exact one under the pointer. */
export function Moment(props: { at: string; as?: 'relative' | 'day' | 'exact' }) {
  const text = { relative: fromNow, day: onDay, exact: exactly }[props.as ?? 'relative'](props.at)
  return (
    <time dateTime={props.at} title={exactly(props.at)}>
      {text}
    </time>
  )
}
