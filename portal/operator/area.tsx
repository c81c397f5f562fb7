import { Navigate, Outlet } from '@tanstack/react-router'
import { useMe } from '../session'

/** The operators' pages; everybody else is brought to their own. */
export function OperatorArea() {
  const { account } = useMe()
  return account.operator ? <Outlet /> : <Navigate to="/organization" replace />
}
