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
        <span key={limit.key}>
          {place > 0 && ' · '}
          {limit.name} <span className={classes.number}>{roleLimitText(limit)}</span>
        </span>
      ))}
    </div>
  )
}

/** Side by side, for comparing roles before choosing one. */
export function NamedRoleLimits(props: { limits: Limit[] }) {
  if (props.limits.length === 0) return null
  return (
    <span className={classes.named}>
      {props.limits.map((limit) => (
        <span key={limit.key}>
          {limit.name} <b>{roleLimitText(limit)}</b>
        </span>
      ))}
    </span>
  )
}

/** A role with its numbers: “**reader** (S3 requests 400/min)”. */
export function RoleInLine({ role }: { role: { name: string; limits: Limit[] } }) {
  return (
    <>
      <b>{role.name}</b>
      {role.limits.length > 0 && ` (${roleLimitsInLine(role.limits)})`}
    </>
  )
}
