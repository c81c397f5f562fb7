import type { Limit } from '../../src/services/schema'
import { language } from '../ui/language'
import classes from './numbers.module.css'

const format = new Intl.NumberFormat(language, { useGrouping: 'min2', maximumFractionDigits: 20 })
const written = ({ value, unit }: Limit) => `${format.format(value)} ${unit}`

/** `400 1/min · 1 session · 20 MB/s · 6 TB/month`. */
export const numbersInLine = (limits: Limit[]) => limits.map(written).join(' · ')

/** The same on the page, with the name of each under the pointer. */
export function Numbers(props: { limits: Limit[] }) {
  if (props.limits.length === 0) return null
  return (
    <div className={classes.line}>
      {props.limits.map((limit, place) => (
        <span key={limit.name}>
          {place > 0 && ' · '}
          <span className={classes.number} title={limit.name}>
            {written(limit)}
          </span>
        </span>
      ))}
    </div>
  )
}

/** Each number with its name before the eyes: where one chooses or decides by them. */
export function NamedNumbers(props: { limits: Limit[] }) {
  if (props.limits.length === 0) return null
  return (
    <span className={classes.named}>
      {props.limits.map((limit) => (
        <span key={limit.name}>
          {limit.name} <b>{written(limit)}</b>
        </span>
      ))}
    </span>
  )
}
