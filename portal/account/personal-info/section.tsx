import { Button, Stack } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { personName } from '../../../src/platform/input/names'
import { formatCountry } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { useMe } from '../../session'
import { Facts } from '../../ui/facts'
import { Moment } from '../../ui/moment'
import { Section } from '../../ui/page'
import { PersonalInfoDialog } from './dialog'

export function PersonalInfoSection() {
  const { account } = useMe()
  const [editing, setEditing] = useState(false)
  return (
    <Section title={t('Personal info')}>
      <Stack className="surface" gap="lg" align="flex-start">
        <Facts
          facts={[
            [t('Name'), personName(account)],
            [t('Country'), formatCountry(account.country)],
            [t('Registered'), <Moment key="since" at={account.createdAt} as="day" />],
          ]}
        />
        <Button
          variant="default"
          leftSection={<IconPencil size={18} aria-hidden />}
          onClick={() => setEditing(true)}
          aria-label={t('Edit personal info')}
        >
          {t('Edit')}
        </Button>
      </Stack>
      {editing && <PersonalInfoDialog onClose={() => setEditing(false)} />}
    </Section>
  )
}
