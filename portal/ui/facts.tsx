import type { ReactNode } from 'react'
import classes from './facts.module.css'

/** Names and values side by side, without those that are empty. */
export function Facts(props: { facts: [name: string, value: ReactNode][]; narrow?: boolean }) {
  return (
    <dl className={classes.facts} data-narrow={props.narrow || undefined}>
      {props.facts
        .filter(([, value]) => value !== '' && value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
