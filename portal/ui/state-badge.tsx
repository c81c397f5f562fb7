import { t } from '../../src/platform/messages/t'
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
  accepted: t('Accepted'),
  pending: t('Pending'),
  changes_requested: t('Changes requested'),
  suspended: t('Suspended'),
  rejected: t('Rejected'),
  dissolved: t('Dissolved'),
  expired: t('Expired'),
  revoked: t('Revoked'),
  refused: t('Refused'),
  withdrawn: t('Withdrawn'),
  active: t('Active'),
  ended: t('Ended'),
}

/** A state as a word, with a coloured dot that repeats it. */
export function StateBadge(props: { state: keyof typeof tones }) {
  return <Badge tone={tones[props.state]}>{stateWords[props.state]}</Badge>
}

/** The same for states that the contract does not have. */
export function Badge(props: { tone: 'green' | 'amber' | 'red' | 'grey'; children: string }) {
  return (
    <span className={classes.badge} data-tone={props.tone}>
      {props.children}
    </span>
  )
}

/** A subtle label beside a name: “you”, “admin”. */
export function Tag(props: { children: string }) {
  return <span className={classes.tag}>{props.children}</span>
}
