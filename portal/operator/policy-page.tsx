import { Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SitePolicy } from '../../src/site/schema'
import type { Refusal } from '../api'
import { ProblemAlert } from '../ui/callout'
import { DiscardQuestion } from '../ui/dialog'
import { showFieldErrors } from '../ui/form'
import { Page } from '../ui/page'
import { Failed, Loading } from '../ui/states'
import { SubmitButton } from '../ui/submit-button'
import { useUnsaved } from '../ui/unsaved'
import { PolicyDialog } from './policy-dialog'
import { PolicyFields } from './policy-fields'
import { fieldOf, policyOf, valuesOf } from './policy-form'
import { siteSettingsQuery } from './queries'

/** What the site asks of everybody. */
export function OperatorPolicyPage() {
  const { data, error, refetch } = useQuery(siteSettingsQuery())
  return (
    <Page title="Site policy" lead="What this site asks of everybody. A change counts at once, for everybody.">
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {/* Another operator's change begins the form anew: saving the old one would undo it. */}
      {data && <PolicyForm key={JSON.stringify(data.policy)} policy={data.policy} />}
    </Page>
  )
}

function PolicyForm(props: { policy: SitePolicy }) {
  const [asked, setAsked] = useState<SitePolicy | null>(null)
  const [elsewhere, setElsewhere] = useState<Refusal | null>(null)
  const form = useForm({ initialValues: valuesOf(props.policy) })
  const { watch, leaving } = useUnsaved()

  function refuse(refusal: Refusal) {
    const placed = refusal.errors.map(({ path, message }) => ({ path: fieldOf(path) ?? '', message }))
    showFieldErrors(form, { errors: placed.filter(({ path }) => path) })
    setElsewhere(placed.every(({ path }) => path) ? null : refusal)
  }

  return (
    <form
      ref={watch}
      noValidate
      onSubmit={form.onSubmit((values) => {
        setElsewhere(null)
        setAsked(policyOf(values))
      })}
    >
      {leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
      <Stack gap="xl">
        <PolicyFields form={form} />
        <ProblemAlert problem={elsewhere} />
        <div>
          <SubmitButton busy={false} disabled={!form.isDirty()}>
            Save
          </SubmitButton>
        </div>
      </Stack>
      {asked && <PolicyDialog before={props.policy} after={asked} onRefused={refuse} onClose={() => setAsked(null)} />}
    </form>
  )
}
