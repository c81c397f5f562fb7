import { t } from '../../src/platform/messages/t'
import classes from './state-badge.module.css'

type Tone = 'green' | 'amber' | 'red' | 'grey'

const states = {
  accepted: ['green', t('Accepted')],
  pending: ['amber', t('Pending')],
  changes_requested: ['amber', t('Changes requested')],
  suspended: ['red', t('Suspended')],
  rejected: ['red', t('Rejected')],
  dissolved: ['grey', t('Dissolved')],
  expired: ['grey', t('Expired')],
  revoked: ['grey', t('Revoked')],
  refused: ['red', t('Refused')],
  withdrawn: ['grey', t('Withdrawn')],
  active: ['green', t('Active')],
  ended: ['grey', t('Ended')],
} satisfies Record<string, [Tone, word: string]>
type State = keyof typeof states

/** The choices of a filter by state. */
export const stateOptions = <Some extends State>(some: readonly Some[]) =>
  some.map((state) => ({ value: state, label: states[state][1] }))

/** A state as a word, with a coloured dot that repeats it. */
export function StateBadge(props: { state: State }) {
  const [tone, word] = states[props.state]
  return <Badge tone={tone}>{word}</Badge>
}

/** The same for states that the contract does not have. */
export function Badge(props: { tone: Tone; children: string }) {
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
