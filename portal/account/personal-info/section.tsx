import { Stack } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { personName } from '../../../src/platform/input/names'
import { formatCountry } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { useMe } from '../../session'
import { DialogButton } from '../../ui/dialog-button'
import { Facts } from '../../ui/facts'
import { Moment } from '../../ui/moment'
import { Section } from '../../ui/page'
import { PersonalInfoDialog } from './dialog'

export function PersonalInfoSection() {
  const { account } = useMe()
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
        <DialogButton
          leftSection={<IconPencil size={18} aria-hidden />}
          aria-label={t('Edit personal info')}
          dialog={(onClose) => <PersonalInfoDialog onClose={onClose} />}
        >
          {t('Edit')}
        </DialogButton>
      </Stack>
    </Section>
  )
}
