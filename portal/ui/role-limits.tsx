import type { Limit } from '../../src/roles/services/schema'
import { roleLimitText } from './role-limit-text'
import classes from './role-limits.module.css'

/** `S3 requests 400/min · Zipper sessions 1`. */
export const roleLimitsInLine = (limits: Limit[]): string =>
  limits.map((limit) => `${limit.name} ${roleLimitText(limit)}`).join(' · ')

/** The same on the page. */
export function RoleLimits(props: { limits: Limit[] }) {
  if (props.limits.length === 0) return null
  return (
    <div className={classes.line}>
      {props.limits.map((limit, place) => (
        <span key={limit.name}>
          {place > 0 && ' · '}
          {limit.name} <span className={classes.number}>{roleLimitText(limit)}</span>
        </span>
      ))}
    </div>
  )
}

/** Side by side, where people choose or decide by them. */
export function NamedRoleLimits(props: { limits: Limit[] }) {
  if (props.limits.length === 0) return null
  return (
    <span className={classes.named}>
      {props.limits.map((limit) => (
        <span key={limit.name}>
          {limit.name} <b>{roleLimitText(limit)}</b>
        </span>
      ))}
    </span>
  )
}
