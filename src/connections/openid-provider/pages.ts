import type { ServerResponse } from 'node:http'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { html } from '../../platform/html'
import { t } from '../../platform/messages/t'

// Pages of the OpenID provider itself: those that have to work for anyone, at any moment of a sign-in.

/** Where they find their style. */
export const styleRoute = '/openid/page.css'

export const style = `:root { color-scheme: light dark; --ground: #faf9f6; --surface: #fff; --line: #d5d1c8; --text: #22201c; --dim: #655f54; --accent: #1f6b52 }
@media (prefers-color-scheme: dark) { :root { --ground: #171614; --surface: #201f1c; --line: #45413a; --text: #edeae3; --dim: #aaa498; --accent: #7cc4a8 } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { box-sizing: border-box; width: min(32rem, 100vw - 2rem); padding: 2rem; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; overflow-wrap: anywhere }
h1 { margin: 0 0 0.5rem; font: 600 1.5rem/1.3 Georgia, serif }
p { margin: 0 0 1rem; color: var(--dim) }
a { color: var(--accent) }
button { padding: 0.6rem 1.2rem; border: 0; border-radius: 8px; background: var(--accent); color: var(--surface); font: 600 1rem/1.5 system-ui, sans-serif; cursor: pointer }
`

export function askWhetherToSignOut(context: KoaContextWithOIDC, form: string): void {
  const back = context.oidc.params?.post_logout_redirect_uri
  // Browsers count the redirect that follows as part of sending the form.
  if (typeof back === 'string') allowFormsTo(context.res, `'self' ${new URL(back).origin}`)
  const button = html`<button form="op.logoutForm" name="logout" value="yes">${t('Sign out')}</button>`
  const text = t('You are signed out of this site and of all applications that you signed in to with it.')
  context.body = page(t('Sign out?'), text, `${form}${button.text}`)
}

export function saySignedOut(context: KoaContextWithOIDC): void {
  context.body = page(t('You are signed out'), t('You can close this page.'))
}

export function sayWhatFailed(context: KoaContextWithOIDC, error: string, description = ''): void {
  context.type = 'html'
  const text = t(
    'The application sent a request that this site does not accept. Go back to it and try again. If that does not help, tell its operators:',
  )
  context.body = page(t('Signing in failed'), text, html`<p><code>${error}: ${description}</code></p>`.text)
}

/** Where forms of this answer may lead. */
export function allowFormsTo(response: ServerResponse, sources: string): void {
  const policy = String(response.getHeader('content-security-policy'))
  response.setHeader('content-security-policy', policy.replace("form-action 'self'", `form-action ${sources}`))
}

function page(title: string, text: string, rest = ''): string {
  const head = html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="stylesheet" href="${styleRoute}"><main><h1>${title}</h1><p>${text}</p>`
  return `${head.text}${rest}</main>`
}
