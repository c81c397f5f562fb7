import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '../../src/platform/messages/t'
import type { Entitlement } from '../../src/roles/entitlements/schema'
import type { ApiError } from '../api'
import { Empty, Failed, Loading } from '../ui/states'
import { RolesTable } from './roles-table'
import type { Asked } from './why-dialog'

/** One person's roles: loading, failed, none, or a table of them. */
export function Roles(props: {
  query: UseQueryResult<{ entitlements: Entitlement[] }, ApiError>
  past: boolean
  empty: string
  below?: ((entitlement: Entitlement) => ReactNode) | undefined
  onAsk: (asked: Asked) => void
}) {
  const { data, error, refetch } = props.query
  if (!data) return error ? <Failed problem={error} onRetry={refetch} /> : <Loading />
  if (data.entitlements.length === 0) return <Nothing past={props.past}>{props.empty}</Nothing>
  return <RolesTable entitlements={data.entitlements} below={props.below} onAsk={props.onAsk} />
}

function Nothing(props: { past: boolean; children: string }) {
  if (props.past) return <Empty title={t('No roles at that time')}>{t('No roles were held at that time.')}</Empty>
  return <Empty title={t('No roles yet')}>{props.children}</Empty>
}
