import { Text } from '@mantine/core'
import type { EventItem } from '../../src/messaging/events/schema'
import { t } from '../../src/platform/messages/t'
import { Detail } from '../ui/detail'
import { Moment } from '../ui/moment'
import classes from './event-list.module.css'
import { remarksOf } from './remarks'
import { eventSentence } from './sentences'

/** Who did what, newest first. */
export function EventList(props: { events: EventItem[]; stale?: boolean }) {
  return (
    <ol className={classes.list} aria-label={t('Activity')} data-stale={props.stale || undefined}>
      {props.events.map((event) => (
        <li key={event.id} className={classes.event}>
          <div>
            {eventSentence(event)}
            {remarksOf(event).map((remark) => (
              <Text key={remark} size="sm" c="dimmed" className="prose">
                {remark}
              </Text>
            ))}
          </div>
          <Detail className={classes.time}>
            <Moment at={event.at} as="exact" />
          </Detail>
        </li>
      ))}
    </ol>
  )
}
