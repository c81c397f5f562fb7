import { Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { getSiteSettings, SitePolicy } from '../../../src/identity/site/schema'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { t } from '../../../src/platform/messages/t'
import type { ApiError } from '../../api'
import { ProblemAlert } from '../../ui/callout'
import { DiscardQuestion } from '../../ui/dialog'
import { showFieldErrors } from '../../ui/form'
import { Page } from '../../ui/page'
import { Failed, Loading } from '../../ui/states'
import { SubmitButton } from '../../ui/submit-button'
import { useUnsaved } from '../../ui/unsaved'
import { useSnapshot } from '../../ui/use-snapshot'
import { PolicyDialog } from './dialog'
import { PolicyFields } from './fields'
import { fieldOf, policyOf, policyValuesOf, problemsOf } from './form'
import { siteSettingsQuery } from './queries'

type Settings = AnswerOf<typeof getSiteSettings>

/** The rules that apply to everyone on the site. */
export function OperatorPolicyPage() {
  const { data, error, refetch } = useQuery(siteSettingsQuery())
  return (
    <Page title={t('Site policy')} lead={t('Rules for everyone on this site. Changes take effect immediately.')}>
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data && <PolicyForm settings={data} />}
    </Page>
  )
}

function PolicyForm(props: { settings: Settings }) {
  const { policy, policyVersion } = props.settings
  const { seen, lookAgain } = useSnapshot(props.settings)
  const [asked, setAsked] = useState<SitePolicy | null>(null)
  const [elsewhere, setElsewhere] = useState<ApiError | null>(null)
  const { watch, settle, leaving } = useUnsaved()
  const form = useForm({ initialValues: policyValuesOf(policy), validate: problemsOf })

  // Another operator’s change resets the form, unless something was typed: then the dialog lists what saving would change.
  const untouched = !form.isDirty() && !asked
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new version of the policy
  useEffect(() => {
    if (policyVersion === seen.policyVersion || !untouched) return
    form.setInitialValues(policyValuesOf(policy))
    form.setValues(policyValuesOf(policy))
    lookAgain()
  }, [policyVersion, untouched])

  function refuse(refusal: ApiError) {
    const placed = refusal.errors.map(({ path, message }) => ({ path: fieldOf(path) ?? '', message }))
    showFieldErrors(form, { errors: placed.filter(({ path }) => path) })
    setElsewhere(placed.every(({ path }) => path) ? null : refusal)
  }

  return (
    <form
      ref={watch}
      noValidate
      onSubmit={form.onSubmit(
        (values) => {
          setElsewhere(null)
          setAsked(policyOf(values))
        },
        (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus(),
      )}
    >
      {leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
      <Stack gap="xl">
        <PolicyFields form={form} />
        <ProblemAlert problem={elsewhere} />
        <div>
          <SubmitButton busy={false} disabled={!form.isDirty()}>
            {t('Save')}
          </SubmitButton>
        </div>
      </Stack>
      {asked && (
        <PolicyDialog
          before={seen.policy}
          after={asked}
          version={seen.policyVersion}
          onRefused={refuse}
          onChanged={lookAgain}
          onSaved={() => {
            form.resetDirty()
            settle()
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </form>
  )
}
