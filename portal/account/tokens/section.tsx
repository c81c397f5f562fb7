import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Token } from '../../../src/membership/tokens/schema'
import { t } from '../../../src/platform/messages/t'
import { CreateTokenDialog } from '../../tokens/create-token-dialog'
import { EndButton } from '../../tokens/end-button'
import { EndTokenDialog } from '../../tokens/end-token-dialog'
import { type MadeToken, tokensQuery } from '../../tokens/queries'
import { tokenColumns } from '../../tokens/token-columns'
import { TokenWindow } from '../../tokens/token-window'
import { DataTable } from '../../ui/data-table'
import { DialogButton } from '../../ui/dialog-button'
import { Section } from '../../ui/page'
import { Empty, Failed, Loading } from '../../ui/states'

/** The account’s own tokens, with which programs act as this person. */
export function TokensSection() {
  const { data, error, refetch } = useQuery(tokensQuery)
  const [ending, setEnding] = useState<Token | null>(null)
  const [made, setMade] = useState<MadeToken | null>(null)
  return (
    <Section title={t('Personal tokens')} lead={t('Tokens let your own scripts and programs use the API as you.')}>
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading rows={2} />)}
      {data?.tokens.length === 0 && (
        <Empty title={t('No personal tokens')}>
          {t('Create a token for each program, so that you can end one without stopping the others.')}
        </Empty>
      )}
      {data && data.tokens.length > 0 && (
        <DataTable
          label={t('Personal tokens')}
          columns={tokenColumns}
          rows={data.tokens}
          actions={(token) => <EndButton token={token} works={!token.expired} onClick={() => setEnding(token)} />}
        />
      )}
      <div>
        <DialogButton
          dialog={(onClose) => <CreateTokenDialog organizationId={null} onMade={setMade} onClose={onClose} />}
        >
          {t('Create token')}
        </DialogButton>
      </div>
      {ending && (
        <EndTokenDialog organizationId={null} token={ending} works={!ending.expired} onClose={() => setEnding(null)} />
      )}
      {made && <TokenWindow made={made} organizationId={null} onClose={() => setMade(null)} />}
    </Section>
  )
}
