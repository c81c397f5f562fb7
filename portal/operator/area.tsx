import { Navigate, Outlet } from '@tanstack/react-router'
import { useMe } from '../session'

/** The operators’ pages. Anyone else is redirected to their organization. */
export function OperatorArea() {
  const { account } = useMe()
  return account.operator ? <Outlet /> : <Navigate to="/organization" replace />
}
