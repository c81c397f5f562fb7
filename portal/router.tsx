import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  type ParsedLocation,
  redirect,
} from '@tanstack/react-router'
import { type LinkedPage, readSiteLink } from '../src/platform/input/pasted'
import { secretOf } from './pending-links'
import { queryClient } from './query-client'
import { safeNext } from './safe-next'
import { screen } from './screen'
import { meQuery, pageAfterSignIn } from './session'
import { CrashPage, NotFoundPage } from './shell/fallback-pages'
import { SignInPage } from './sign-in/page'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: CrashPage })

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
  component: screen(() => import('./sign-in/register/page'), 'RegisterPage'),
  validateSearch: next,
})

/** For a link that is opened while the portal is open: only the fragment changes, and the page is not reloaded. */
const carrying =
  (page: LinkedPage) =>
  ({ location }: { location: ParsedLocation }) => {
    if (!location.hash) return
    const link = readSiteLink(`/${page}#${location.hash}`)
    if (link?.secret) secretOf[page].put(link.secret)
    throw redirect({ to: `/${page}`, replace: true })
  }
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: screen(() => import('./sign-in/links/join-page'), 'JoinPage'),
  beforeLoad: carrying('join'),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: screen(() => import('./sign-in/register/setup-page'), 'SetupPage'),
  beforeLoad: carrying('setup'),
})
const confirmAddress = createRoute({
  getParentRoute: () => root,
  path: '/confirm-address',
  component: screen(() => import('./sign-in/links/confirm-address-page'), 'ConfirmAddressPage'),
  beforeLoad: carrying('confirm-address'),
})
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: screen(() => import('./sign-in/links/forgot-password-page'), 'ForgotPasswordPage'),
})
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: screen(() => import('./sign-in/links/reset-password-page'), 'ResetPasswordPage'),
  beforeLoad: carrying('reset'),
})

/** On the first page only: people who are not signed in need not load what is behind the sign-in. Later, the shell checks. */
async function mustBeSignedIn({ location }: { location: ParsedLocation }) {
  if (queryClient.getQueryState(meQuery.queryKey)) return
  const me = await queryClient.fetchQuery(meQuery).catch(() => undefined)
  if (me === null) throw redirect({ to: '/sign-in', search: { next: pageAfterSignIn(location.href) }, replace: true })
}
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: mustBeSignedIn,
  component: screen(() => import('./shell/shell'), 'Shell'),
})
const organization = createRoute({
  getParentRoute: () => shell,
  path: '/organization',
  component: screen(() => import('./organization/page'), 'OrganizationPage'),
})
const createOrganization = createRoute({
  getParentRoute: () => shell,
  path: '/organization/create',
  component: screen(() => import('./organization/create-page'), 'CreateOrganizationPage'),
})
const resubmit = createRoute({
  getParentRoute: () => shell,
  path: '/organization/resubmit/$organizationId',
  component: screen(() => import('./organization/resubmit-page'), 'ResubmitPage'),
})
const editDetails = createRoute({
  getParentRoute: () => shell,
  path: '/organization/edit',
  component: screen(() => import('./organization/edit-details-page'), 'EditDetailsPage'),
})
const invitations = createRoute({
  getParentRoute: () => shell,
  path: '/invitations',
  component: screen(() => import('./invitations/page'), 'InvitationsPage'),
})
const users = createRoute({
  getParentRoute: () => shell,
  path: '/users',
  component: screen(() => import('./users-and-privileges/page'), 'UsersPage'),
})
const activeRoles = createRoute({
  getParentRoute: () => shell,
  path: '/active-roles',
  component: screen(() => import('./active-roles/page'), 'ActiveRolesPage'),
})
const roleRequests = createRoute({
  getParentRoute: () => shell,
  path: '/role-requests',
  component: screen(() => import('./role-requests/page'), 'RoleRequestsPage'),
})
const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  component: screen(() => import('./activity/page'), 'ActivityPage'),
})
const notifications = createRoute({
  getParentRoute: () => shell,
  path: '/notifications',
  component: screen(() => import('./notifications/page'), 'NotificationsPage'),
})
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: screen(() => import('./account/page'), 'AccountPage'),
})

const operator = createRoute({
  getParentRoute: () => shell,
  path: '/operator',
  component: screen(() => import('./operator/area'), 'OperatorArea'),
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
  component: screen(() => import('./operator/organizations/page'), 'OperatorOrganizationsPage'),
})
const operatorOrganization = createRoute({
  getParentRoute: () => operator,
  path: '/organizations/$organizationId',
  component: screen(() => import('./operator/organizations/organization-page'), 'OperatorOrganizationPage'),
})
const operatorRoleRequests = createRoute({
  getParentRoute: () => operator,
  path: '/role-requests',
  component: screen(() => import('./operator/role-requests/page'), 'OperatorRoleRequestsPage'),
})
const operatorServices = createRoute({
  getParentRoute: () => operator,
  path: '/services',
  component: screen(() => import('./operator/services/page'), 'OperatorServicesPage'),
})
const operatorAccounts = createRoute({
  getParentRoute: () => operator,
  path: '/accounts',
  component: screen(() => import('./operator/accounts/page'), 'OperatorAccountsPage'),
})
const operatorMails = createRoute({
  getParentRoute: () => operator,
  path: '/mails',
  component: screen(() => import('./operator/mails/page'), 'OperatorMailsPage'),
})
const operatorPolicy = createRoute({
  getParentRoute: () => operator,
  path: '/policy',
  component: screen(() => import('./operator/policy/page'), 'OperatorPolicyPage'),
})
const operatorActivity = createRoute({
  getParentRoute: () => operator,
  path: '/activity',
  component: screen(() => import('./operator/activity/page'), 'OperatorActivityPage'),
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
