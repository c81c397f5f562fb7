import type { Mutants } from './mutant'

const tested = (name: string): [file: string, name: string] => ['e2e/forms.spec.ts', name]

export const formsMutants: Mutants = {
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
  'what was sent as the session ended goes with the page': {
    edits: [['portal/call-signed-in.ts', ' && !(await aWriteAsks())', '']],
    test: tested('noticed when a window is confirmed'),
  },
  'what one person wrote is sent as another': {
    edits: [['portal/page-account.ts', 'account !== null && account !== current', 'false']],
    test: tested('another person signs in over the form'),
  },
  'a form shows what was there before another person changed it': {
    edits: [['portal/ui/merge.ts', 'values[name] = now[name]', 'values[name] = before[name]']],
    test: ['e2e/decisions.spec.ts', 'what was left alone shows what is there now'],
  },
  'a role that another operator added is retired by the next save': {
    edits: [['portal/operator/services/service-form.ts', 'roles.push(...(was ? [] : [role]))', 'continue']],
    test: ['e2e/decisions.spec.ts', 'a role that another operator added is in the form'],
  },
  'a page continues as the person who has signed in since': {
    edits: [['src/platform/http/flow.ts', 'actor && actor.id !== account', 'actor && false']],
    test: ['src/platform/http/page-account.story.test.ts', 'is refused if another account is signed in'],
  },
  'a page does not say whose it is': {
    edits: [['portal/api.ts', "method === 'GET' ? null : pageAccount()", 'null && pageAccount()']],
    test: tested('another person signs in from another tab: nothing of the form is sent'),
  },
  'a page that was away continues as another person': {
    edits: [['portal/page-account.ts', 'account !== null && account !== current', 'false']],
    test: tested('another person signed in while the page was away'),
  },
  'a sign-in page does not see that a person is signed in': {
    edits: [['portal/query-client.ts', "window.addEventListener('focus'", "window.addEventListener('nothing'"]],
    test: tested('a sign-in page continues when a person has signed in'),
  },
  'the sign-in page does not say why': {
    edits: [['portal/sign-in/page.tsx', 'tabStorage.signedIn.get() !== null', 'false']],
    test: tested('with nothing entered: the sign-in page says why'),
  },
  'Enter in a list of choices sends the form': {
    edits: [['portal/ui/choice-field.tsx', "event.key === 'Enter' &&", 'false &&']],
    test: tested('what fits nothing stays, with an error, and is not sent'),
  },
  'Enter takes the first of the alphabet that has the words': {
    edits: [['portal/ui/option-matching.ts', '    .sort((first, second) => first.fit - second.fit)\n', '']],
    test: tested('what was typed out is chosen, by Enter'),
  },
  'Enter goes on to what was chosen before': {
    edits: [['portal/ui/choice-field.tsx', '    event.stopPropagation()\n', '']],
    test: tested('a member whom the server has still to find'),
  },
  'what comes while a button is pressed takes the click from it': {
    edits: [['portal/ui/hold-while-pressed.ts', '    isPressed = true\n', '']],
    test: ['e2e/accept.spec.ts', 'does not take the click from it'],
  },
  'a reason goes with the account from the list': {
    edits: [['portal/operator/accounts/page.tsx', ' ?? chosen?.account', '']],
    test: tested('a reason stays though its account has left the list'),
  },
  'half an end date is no end': {
    edits: [['portal/ui/end-date-field.tsx', 'if (!isCompleteDate(field))', 'if (false)']],
    test: ['e2e/roles.spec.ts', 'an operator grants and revokes unasked'],
  },
  'typing on when the session ends discards everything': {
    edits: [
      ['portal/sign-in/sign-in-again-dialog.tsx', '{(site.data || site.error) && (', '{('],
      ['portal/sign-in/password-form.tsx', 'if (known) form', 'if (false) form'],
      ['portal/sign-in/password-form.tsx', 'known || undefined', 'undefined'],
    ],
    test: tested('under a half-filled form: signing in again over it'),
  },
  'a form is lost when its writer is in an organization by now': {
    edits: [['portal/organization/create-page.tsx', 'if (!somethingUnsaved())', 'if (true)']],
    test: tested('stays where its writer is in an organization by now'),
  },
  'a name that is taken is reported far from its field': {
    edits: [['portal/organization/organization-form.tsx', "=== 'organization_name_taken'", '=== undefined']],
    test: tested('a name that is taken is reported at its field'),
  },
  'what is disabled keeps the focus from everything': {
    edits: [['portal/ui/keep-focus.ts', " && !element.matches(':disabled')", '']],
    test: ['e2e/keyboard.spec.ts', 'giving up one’s own privileges'],
  },
  'a page that takes another’s place begins below its top': {
    edits: [['portal/ui/page.tsx', 'window.scrollTo(0, 0)', 'void 0']],
    test: ['e2e/keyboard.spec.ts', 'accepting an invitation: the heading'],
  },
  'the words of a link stick to the edge of its button': {
    edits: [['portal/ui/base.css', '    display: inline-flex;\n    align-items: center;\n', '']],
    test: ['e2e/fits.spec.ts', 'what one does with a row is on the screen'],
  },
  'an address is in four lines on a narrow card': {
    edits: [['portal/ui/data-table.module.css', '    grid-template-columns: minmax(0, 1fr);\n', '']],
    test: ['e2e/fits.spec.ts', 'what belongs together is in line'],
  },
  'recovery codes vanish with Escape': {
    edits: [
      [
        'portal/account/two-factor/recovery-codes.tsx',
        "title={t('Your recovery codes')} stays",
        "title={t('Your recovery codes')}",
      ],
    ],
    test: tested('recovery codes stay through Escape'),
  },
  'password managers do not see whose password it is': {
    edits: [['portal/sign-in/username-field.tsx', 'autoComplete="username"', 'autoComplete="off"']],
    test: tested('see whose password is asked for'),
  },
  'a second factor after a session that ended waits for itself': {
    edits: [
      ['portal/sign-in/queries.ts', '(secondFactor ? undefined : refetch(client))', '(secondFactor, refetch(client))'],
    ],
    test: tested('a second factor is asked for, too'),
  },
  'signing out throws away a half-filled form': {
    edits: [['portal/sign-in/sign-out.tsx', 'somethingUnsaved() ? setAsked(true) : leave()', 'leave()']],
    test: tested('asks before signing out throws it away'),
  },
  'what has to be done first throws away a half-filled form': {
    edits: [
      [
        'portal/sign-in/required-actions/required-actions-gate.tsx',
        '!open && somethingUnsaved() ? path : null',
        'null',
      ],
    ],
    test: tested('is as it was left when something had to be done first'),
  },
  'registering is thrown away without a word': {
    edits: [['portal/sign-in/register/register-form.tsx', '<form ref={watch}', '<form']],
    test: tested('asks before a person who registers leaves'),
  },
  'Cancel throws away a code': {
    edits: [
      [
        'portal/organization/accept-form.tsx',
        'isUnsaved() ? setCancelling(true) : props.onCancel()',
        'props.onCancel()',
      ],
    ],
    test: tested('asks before a code that is being typed is lost'),
  },
  'a refusal that is not about the input is lost among the fields': {
    edits: [['portal/ui/field-errors.tsx', "code === 'invalid_input' &&", 'true &&']],
    test: ['e2e/roles.spec.ts', 'asked for → one accepted, one refused with a reason'],
  },
  'a page of a proxy counts as an answer of the site': {
    edits: [['portal/api.ts', 'status < 502', 'status < 600']],
    test: ['portal/api.test.ts', 'an answer 502'],
  },
  'the stream is opened again and again without a pause': {
    edits: [['portal/live.ts', '1000 * 2 ** attempt', '0']],
    test: ['portal/live.test.ts', 'attempt 4, at random 0.5'],
  },
  'an answer from before a change is taken for what is there now': {
    edits: [['portal/refetch.ts', '  await client.cancelQueries(filters)\n', '']],
    test: ['portal/refetch.test.ts', 'an answer that was on its way'],
  },
  'a choice of mails that is saved counts as unsaved': {
    edits: [['portal/notifications/mail-choice.tsx', '            settle()\n', '']],
    test: ['e2e/notifications.spec.ts', 'each chooses which mails come'],
  },
  'only the server tells the only admin who removes themselves': {
    edits: [['portal/organization/leave-dialog.tsx', "organization.can.leave ? 'leave' : 'ways_out'", "'leave'"]],
    test: ['e2e/decisions.spec.ts', 'removing themselves shows the ways out at once'],
  },
  'a typo in a link is reported only after registering': {
    edits: [['portal/sign-in/links/join-page.tsx', "if ('problem' in parsed)", 'if (code === null)']],
    test: ['e2e/accept.spec.ts', 'a typo in a link is reported before anyone signs in'],
  },
  'a set-up link is not checked before a person registers': {
    edits: [
      ['src/identity/site/routes.ts', 'if (!usable || !isSetupToken(token, setupNonce, context.keys))', 'if (!usable)'],
    ],
    test: ['src/identity/accounts/routes.test.ts', 'says whether it works before anyone registers with it'],
  },
  'the eye in a password field is for the mouse only': {
    edits: [['portal/ui/theme.ts', 'visibilityToggleFocusable: true', 'visibilityToggleFocusable: false']],
    test: tested('that has the keyboard has a ring as buttons do'),
  },
  'the keyboard is lost with a page that turns': {
    edits: [['portal/main.tsx', 'printInLight()\nkeepFocus()', 'printInLight()']],
    test: ['e2e/keyboard.spec.ts', 'marking all as read: the button goes'],
  },
  'the window with a code begins at its cross': {
    edits: [['portal/ui/copy-button.tsx', 'data-autofocus={props.primary}', '']],
    test: ['e2e/keyboard.spec.ts', 'inviting: the dialog takes the focus'],
  },
  'setting up a second factor begins with a search for its button': {
    edits: [['portal/account/two-factor/section.tsx', "setOpen('set up')\n    void", 'void']],
    test: ['e2e/policy.spec.ts', 'is led straight to it'],
  },
  'the documentation is light whatever was chosen': {
    edits: [['src/platform/http/documentation-page.ts', 'document.documentElement.style.colorScheme=chosen', 'chosen']],
    test: ['e2e/documentation.spec.ts', 'is light or dark as was chosen in the portal'],
  },
  'the documentation shows backticks': {
    edits: [['src/platform/http/documentation-page.ts', "text.split('`')", 'text.split()']],
    test: ['e2e/documentation.spec.ts', 'is a page, and each problem has its sentence'],
  },
  'terms without an address are reported only after Confirm': {
    edits: [['portal/operator/policy/page.tsx', ', validate: problemsOf', '']],
    test: ['e2e/policy.spec.ts', 'terms without an address, or without a version'],
  },
  'a code that was revoked is not named as what is wrong': {
    edits: [['portal/sign-in/register/register-form.tsx', "refusal.at('code', wrongCode(code))", "refusal.at('code')"]],
    test: ['e2e/policy.spec.ts', 'by invitation only: the code is asked for'],
  },
  'a code that is passed on does not say whom it admits': {
    edits: [['portal/invitations/code-window.tsx', 'const who = !boundTo', 'const who = true']],
    test: ['e2e/invite.spec.ts', 'what is passed on says whom it lets in'],
  },
  'a long name runs out of its card': {
    edits: [['portal/ui/base.css', 'body {\n  overflow-wrap: anywhere', 'body {\n  overflow-wrap: normal']],
    test: ['e2e/fits.spec.ts', 'the longest names, in every page and window'],
  },
  'a search field shows what is searched for no more': {
    edits: [['portal/ui/use-filter-text.ts', '    setText(value)\n', '']],
    test: ['e2e/date-filters.spec.ts', 'A search field shows what the list is narrowed to'],
  },
  'a pasted decimal becomes another number': {
    edits: [['portal/ui/read-number.ts', '\\\\d{3}(?:', '\\\\d+(?:']],
    test: ['portal/ui/read-number.test.ts', 'in a field for whole numbers, .* stays as it was typed'],
  },
  'a number that cannot be read is sent as none': {
    edits: [['portal/ui/read-number.ts', '=> value as number', '=> Number(value) || (undefined as never)']],
    test: tested('that is pasted is the one that was meant'),
  },
  'a refetch that another one takes over ends before it': {
    edits: [['portal/refetch.ts', '  if (latest !== own) await latest\n', '']],
    test: ['portal/refetch.test.ts', 'ends with that one'],
  },
  'a form that was saved still counts as unsaved': {
    edits: [['portal/organization/organization-form.tsx', '    finish()\n', '']],
    test: tested('the browser asks before the tab goes'),
  },
}
