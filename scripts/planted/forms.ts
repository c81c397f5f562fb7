import type { Bugs } from './bug'

const tested = (name: string): [file: string, name: string] => ['e2e/forms.spec.ts', name]

export const formsBugs: Bugs = {
  'a click beside a window throws away what was typed': {
    edits: [['portal/ui/dialog.tsx', '(isUnsaved() ? setAsked({ leave }) : leave())', 'leave()']],
    test: tested('asks before a click beside it throws away'),
  },
  'a menu click throws away a half-filled form': {
    edits: [['portal/ui/unsaved.ts', 'current.pathname !== next.pathname &&', 'false &&']],
    test: tested('asks before a click in the menu throws away'),
  },
  'a session that ends takes the form with it': {
    edits: [['portal/call-signed-in.ts', '!somethingUnsaved()', 'true']],
    test: tested('under a half-filled form: signing in again over it'),
  },
  'what one person wrote is sent as another': {
    edits: [['portal/account/sign-in-again-dialog.tsx', 'me.account.id !== account.id', 'false']],
    test: tested('somebody else signs in over the form'),
  },
  'the sign-in page does not say why': {
    edits: [['portal/account/sign-in-page.tsx', 'carried.signedIn.get() !== null', 'false']],
    test: tested('with nothing entered: the sign-in page says why'),
  },
  'Enter in a list of choices sends the form': {
    edits: [['portal/ui/choice-field.tsx', "event.key === 'Enter' &&", 'false &&']],
    test: tested('Enter: chooses it, and sends nothing'),
  },
  'recovery codes vanish with Escape': {
    edits: [
      [
        'portal/account/set-up-two-factor-dialog.tsx',
        'title="Your recovery codes" stays',
        'title="Your recovery codes"',
      ],
    ],
    test: tested('recovery codes stay through Escape'),
  },
  'password managers are not told whose password it is': {
    edits: [['portal/account/username-field.tsx', 'autoComplete="username"', 'autoComplete="off"']],
    test: tested('are told whose password is asked for'),
  },
  'a second factor after a session that ended waits for itself': {
    edits: [
      [
        'portal/account/queries.ts',
        '(secondFactor ? undefined : client.invalidateQueries())',
        '(secondFactor, client.invalidateQueries())',
      ],
    ],
    test: tested('a second factor is asked for, too'),
  },
}
