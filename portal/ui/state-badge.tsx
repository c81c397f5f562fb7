import classes from './state-badge.module.css'

const tones = {
  accepted: 'green',
  pending: 'amber',
  changes_requested: 'amber',
  suspended: 'red',
  rejected: 'red',
  dissolved: 'grey',
  expired: 'grey',
  revoked: 'grey',
  refused: 'red',
  withdrawn: 'grey',
  active: 'green',
  ended: 'grey',
} as const

export const stateWords: Record<keyof typeof tones, string> = {
  accepted: 'Accepted',
  pending: 'Pending',
  changes_requested: 'Changes requested',
  suspended: 'Suspended',
  rejected: 'Rejected',
  dissolved: 'Dissolved',
  expired: 'Expired',
  revoked: 'Revoked',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  active: 'Active',
  ended: 'Ended',
}

/** The state as a word, with a dot of colour that repeats it. */
export function StateBadge(props: { state: keyof typeof tones }) {
  return <Badge tone={tones[props.state]}>{stateWords[props.state]}</Badge>
}

/** The same for what is no state of the contract's. */
export function Badge(props: { tone: 'green' | 'amber' | 'red' | 'grey'; children: string }) {
  return (
    <span className={classes.badge} data-tone={props.tone}>
      {props.children}
    </span>
  )
}

/** A quiet mark beside a name: “you”, “admin”. */
export function Tag(props: { children: string }) {
  return <span className={classes.tag}>{props.children}</span>
}
