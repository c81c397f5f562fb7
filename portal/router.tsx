import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type ParsedLocation,
  redirect,
} from '@tanstack/react-router'
import { JoinPage } from './account/join-page'
import { RegisterPage } from './account/register-page'
import { SetupPage } from './account/setup-page'
import { SignInPage } from './account/sign-in-page'
import { carried, type Slot, safeNext } from './carried'
import { OrganizationPage } from './organization/page'
import { NothingHere, Unexpected } from './ui/lost'
import { Shell } from './ui/shell'

const root = createRootRoute({ component: Outlet, notFoundComponent: NothingHere, errorComponent: Unexpected })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/organization', replace: true })
  },
})

const next = (search: Record<string, unknown>): { next?: string } => ({ next: safeNext(search.next) })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: next,
})
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: RegisterPage,
  validateSearch: next,
})

/** Links carry their secret in the fragment. It moves to this tab's memory, and out of the address, before anything is drawn. */
const carrying =
  (slot: Slot, to: '/join' | '/setup' | '/confirm-address' | '/reset') =>
  ({ location }: { location: ParsedLocation }) => {
    if (!location.hash) return
    slot.put(location.hash)
    throw redirect({ to, replace: true })
  }
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: JoinPage,
  beforeLoad: carrying(carried.code, '/join'),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: SetupPage,
  beforeLoad: carrying(carried.setupToken, '/setup'),
})
const confirmAddress = createRoute({
  getParentRoute: () => root,
  path: '/confirm-address',
  component: lazyRouteComponent(() => import('./account/confirm-address-page'), 'ConfirmAddressPage'),
  beforeLoad: carrying(carried.addressToken, '/confirm-address'),
})
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./account/forgot-password-page'), 'ForgotPasswordPage'),
})
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('./account/reset-password-page'), 'ResetPasswordPage'),
  beforeLoad: carrying(carried.resetToken, '/reset'),
})

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
const organization = createRoute({ getParentRoute: () => shell, path: '/organization', component: OrganizationPage })
const createOrganization = createRoute({
  getParentRoute: () => shell,
  path: '/organization/create',
  component: lazyRouteComponent(() => import('./organization/create-page'), 'CreateOrganizationPage'),
})
const resubmit = createRoute({
  getParentRoute: () => shell,
  path: '/organization/resubmit/$organizationId',
  component: lazyRouteComponent(() => import('./organization/resubmit-page'), 'ResubmitPage'),
})
const editDetails = createRoute({
  getParentRoute: () => shell,
  path: '/organization/edit',
  component: lazyRouteComponent(() => import('./organization/edit-details-page'), 'EditDetailsPage'),
})
const invitations = createRoute({
  getParentRoute: () => shell,
  path: '/invitations',
  component: lazyRouteComponent(() => import('./invitations/page'), 'InvitationsPage'),
})
const users = createRoute({
  getParentRoute: () => shell,
  path: '/users',
  component: lazyRouteComponent(() => import('./users-and-privileges/page'), 'UsersPage'),
})
const activeRoles = createRoute({
  getParentRoute: () => shell,
  path: '/active-roles',
  component: lazyRouteComponent(() => import('./active-roles/page'), 'ActiveRolesPage'),
})
const roleRequests = createRoute({
  getParentRoute: () => shell,
  path: '/role-requests',
  component: lazyRouteComponent(() => import('./role-requests/page'), 'RoleRequestsPage'),
})
const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  component: lazyRouteComponent(() => import('./activity/page'), 'ActivityPage'),
})
const notifications = createRoute({
  getParentRoute: () => shell,
  path: '/notifications',
  component: lazyRouteComponent(() => import('./notifications/page'), 'NotificationsPage'),
})
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/page'), 'AccountPage'),
})

const operator = createRoute({
  getParentRoute: () => shell,
  path: '/operator',
  component: lazyRouteComponent(() => import('./operator/area'), 'OperatorArea'),
})
const operatorHome = createRoute({
  getParentRoute: () => operator,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operator/organizations', replace: true })
  },
})
const operatorOrganizations = createRoute({
  getParentRoute: () => operator,
  path: '/organizations',
  component: lazyRouteComponent(() => import('./operator/organizations-page'), 'OperatorOrganizationsPage'),
})
const operatorOrganization = createRoute({
  getParentRoute: () => operator,
  path: '/organizations/$organizationId',
  component: lazyRouteComponent(() => import('./operator/organization-page'), 'OperatorOrganizationPage'),
})
const operatorRoleRequests = createRoute({
  getParentRoute: () => operator,
  path: '/role-requests',
  component: lazyRouteComponent(() => import('./operator/role-requests-page'), 'OperatorRoleRequestsPage'),
})
const operatorServices = createRoute({
  getParentRoute: () => operator,
  path: '/services',
  component: lazyRouteComponent(() => import('./operator/services-page'), 'OperatorServicesPage'),
})
const operatorAccounts = createRoute({
  getParentRoute: () => operator,
  path: '/accounts',
  component: lazyRouteComponent(() => import('./operator/accounts-page'), 'OperatorAccountsPage'),
})
const operatorMails = createRoute({
  getParentRoute: () => operator,
  path: '/mails',
  component: lazyRouteComponent(() => import('./operator/mails-page'), 'OperatorMailsPage'),
})
const operatorPolicy = createRoute({
  getParentRoute: () => operator,
  path: '/policy',
  component: lazyRouteComponent(() => import('./operator/policy-page'), 'OperatorPolicyPage'),
})
const operatorActivity = createRoute({
  getParentRoute: () => operator,
  path: '/activity',
  component: lazyRouteComponent(() => import('./operator/activity-page'), 'OperatorActivityPage'),
})

const routeTree = root.addChildren([
  home,
  signIn,
  register,
  join,
  setup,
  confirmAddress,
  forgotPassword,
  resetPassword,
  shell.addChildren([
    organization,
    createOrganization,
    resubmit,
    editDetails,
    invitations,
    users,
    activeRoles,
    roleRequests,
    activity,
    notifications,
    account,
    operator.addChildren([
      operatorHome,
      operatorOrganizations,
      operatorOrganization,
      operatorRoleRequests,
      operatorServices,
      operatorAccounts,
      operatorMails,
      operatorPolicy,
      operatorActivity,
    ]),
  ]),
])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
