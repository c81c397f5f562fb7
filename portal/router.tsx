import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  type ParsedLocation,
  redirect,
} from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { type LinkedPage, readSiteLink } from '../src/platform/input/pasted'
import type { SignInState } from './applications/continue-page'
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

interface Options<Path extends string> {
  path: Path
  beforeLoad?: (context: { location: ParsedLocation }) => void
}

/** Makes pages below a route. */
const pagesOf =
  <Parent extends AnyRoute>(parent: Parent) =>
  <const Path extends string, Name extends string>(
    options: Options<Path>,
    load: () => Promise<Record<Name, ComponentType>>,
    name: Name,
  ) =>
    createRoute({ getParentRoute: () => parent, component: screen(load, name), ...options })

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

// Makes a page for anyone, for people who are signed in, and for operators.
const open = pagesOf(root)
const signedIn = pagesOf(shell)
const operator = signedIn({ path: '/operator' }, () => import('./operator/area'), 'OperatorArea')
const ofOperators = pagesOf(operator)
const operatorHome = createRoute({
  getParentRoute: () => operator,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operator/organizations', replace: true })
  },
})

/** Where a person goes on who is signing in to an application. */
const goingOn = createRoute({
  getParentRoute: () => shell,
  path: '/continue/$uid',
  component: screen(() => import('./applications/continue-page'), 'ContinuePage'),
  validateSearch: ({ again, refused, asking, scopes }): SignInState => ({
    ...(again ? { again: 1 } : {}),
    ...(typeof refused === 'string' ? { refused } : {}),
    ...(typeof asking === 'string' ? { asking, scopes: String(scopes ?? '') } : {}),
  }),
})

const routeTree = root.addChildren([
  home,
  signIn,
  register,
  open({ path: '/join', beforeLoad: carrying('join') }, () => import('./sign-in/links/join-page'), 'JoinPage'),
  open({ path: '/setup', beforeLoad: carrying('setup') }, () => import('./sign-in/register/setup-page'), 'SetupPage'),
  open(
    { path: '/confirm-address', beforeLoad: carrying('confirm-address') },
    () => import('./sign-in/links/confirm-address-page'),
    'ConfirmAddressPage',
  ),
  open({ path: '/forgot-password' }, () => import('./sign-in/links/forgot-password-page'), 'ForgotPasswordPage'),
  open(
    { path: '/reset', beforeLoad: carrying('reset') },
    () => import('./sign-in/links/reset-password-page'),
    'ResetPasswordPage',
  ),
  shell.addChildren([
    signedIn({ path: '/organization' }, () => import('./organization/page'), 'OrganizationPage'),
    signedIn({ path: '/organization/create' }, () => import('./organization/create-page'), 'CreateOrganizationPage'),
    signedIn(
      { path: '/organization/resubmit/$organizationId' },
      () => import('./organization/resubmit-page'),
      'ResubmitPage',
    ),
    signedIn({ path: '/organization/edit' }, () => import('./organization/edit-details-page'), 'EditDetailsPage'),
    signedIn({ path: '/invitations' }, () => import('./invitations/page'), 'InvitationsPage'),
    signedIn({ path: '/users' }, () => import('./users-and-privileges/page'), 'UsersPage'),
    signedIn({ path: '/tokens' }, () => import('./tokens/page'), 'TokensPage'),
    signedIn({ path: '/active-roles' }, () => import('./active-roles/page'), 'ActiveRolesPage'),
    signedIn({ path: '/s3-keys' }, () => import('./s3-keys/page'), 'S3KeysPage'),
    signedIn({ path: '/applications' }, () => import('./applications/page'), 'ApplicationsPage'),
    signedIn({ path: '/role-requests' }, () => import('./role-requests/page'), 'RoleRequestsPage'),
    signedIn({ path: '/activity' }, () => import('./activity/page'), 'ActivityPage'),
    signedIn({ path: '/notifications' }, () => import('./notifications/page'), 'NotificationsPage'),
    signedIn({ path: '/account' }, () => import('./account/page'), 'AccountPage'),
    goingOn,
    operator.addChildren([
      operatorHome,
      ofOperators(
        { path: '/organizations' },
        () => import('./operator/organizations/page'),
        'OperatorOrganizationsPage',
      ),
      ofOperators(
        { path: '/organizations/$organizationId' },
        () => import('./operator/organizations/organization-page'),
        'OperatorOrganizationPage',
      ),
      ofOperators(
        { path: '/role-requests' },
        () => import('./operator/role-requests/page'),
        'OperatorRoleRequestsPage',
      ),
      ofOperators({ path: '/services' }, () => import('./operator/services/page'), 'OperatorServicesPage'),
      ofOperators({ path: '/connections' }, () => import('./operator/connections/page'), 'OperatorConnectionsPage'),
      ofOperators(
        { path: '/connections/$connectionId' },
        () => import('./operator/connections/connection-page'),
        'OperatorConnectionPage',
      ),
      ofOperators(
        { path: '/services/$serviceKey/keys' },
        () => import('./operator/service-keys/page'),
        'OperatorServiceKeysPage',
      ),
      ofOperators({ path: '/applications' }, () => import('./operator/applications/page'), 'OperatorApplicationsPage'),
      ofOperators({ path: '/accounts' }, () => import('./operator/accounts/page'), 'OperatorAccountsPage'),
      ofOperators({ path: '/mails' }, () => import('./operator/mails/page'), 'OperatorMailsPage'),
      ofOperators({ path: '/policy' }, () => import('./operator/policy/page'), 'OperatorPolicyPage'),
      ofOperators({ path: '/activity' }, () => import('./operator/activity/page'), 'OperatorActivityPage'),
    ]),
  ]),
])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
