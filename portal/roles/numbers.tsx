import type { Limit } from '../../src/roles/services/schema'
import classes from './numbers.module.css'
import { writtenNumber } from './written-number'

/** `S3 requests 400/min · Zipper sessions 1`. */
export const numbersInLine = (limits: Limit[]): string =>
  limits.map((limit) => `${limit.name} ${writtenNumber(limit)}`).join(' · ')

/** The same on the page. */
export function Numbers(props: { limits: Limit[] }) {
  if (props.limits.length === 0) return null
  return (
    <div className={classes.line}>
      {props.limits.map((limit, place) => (
        <span key={limit.name}>
          {place > 0 && ' · '}
          {limit.name} <span className={classes.number}>{writtenNumber(limit)}</span>
        </span>
      ))}
    </div>
  )
}

/** Side by side, for comparing roles before choosing one. */
export function NamedNumbers(props: { limits: Limit[] }) {
  if (props.limits.length === 0) return null
  return (
    <span className={classes.named}>
      {props.limits.map((limit) => (
        <span key={limit.name}>
          {limit.name} <b>{writtenNumber(limit)}</b>
        </span>
      ))}
    </span>
  )
}
