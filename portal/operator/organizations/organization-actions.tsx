import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { t } from '../../../src/platform/messages/t'
import { AppointAdminDialog } from './appoint-admin-dialog'
import { DecisionDialog } from './decision-dialog'
import { decisions, type OrganizationDecision } from './decisions'

/** What an operator can do with an organization now, by its abilities. */
export function OrganizationActions(props: { organization: Organization }) {
  const { organization } = props
  const [decision, setDecision] = useState<OrganizationDecision | null>(null)
  const [appointing, setAppointing] = useState(false)
  const permitted = decisions.filter(({ ability }) => organization.can[ability])
  if (permitted.length === 0 && !organization.can.appointAdmin && !decision && !appointing) return null
  return (
    <Group gap="sm">
      {permitted.map((one) => (
        <Button
          key={one.label}
          variant={one.ability === 'accept' ? 'filled' : 'default'}
          onClick={() => setDecision(one)}
        >
          {one.label}
        </Button>
      ))}
      {organization.can.appointAdmin && (
        <Button variant="default" onClick={() => setAppointing(true)}>
          {t('Appoint admin')}
        </Button>
      )}
      {decision && <DecisionDialog organization={organization} decision={decision} onClose={() => setDecision(null)} />}
      {appointing && <AppointAdminDialog organization={organization} onClose={() => setAppointing(false)} />}
    </Group>
  )
}
