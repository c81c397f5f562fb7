import type { Mutants } from './mutant'

export const deliveryMutants: Mutants = {
  'nothing shows that a page is on its way': {
    edits: [['portal/shell/shell.tsx', '          <BusyBar />\n', '']],
    test: ['e2e/delivery.spec.ts', 'that takes a while to come'],
  },
  'after signing in the screen is empty until the next page is there': {
    edits: [
      [
        'portal/sign-in/page.tsx',
        "      <SignedOutPage title={t('Sign in')}>\n        <Loading rows={3} />\n      </SignedOutPage>\n",
        '',
      ],
    ],
    test: ['e2e/delivery.spec.ts', 'that comes after signing in'],
  },
  'the portal’s files are not sent compressed': {
    edits: [['src/app.ts', 'preCompressed: true', 'preCompressed: false']],
    test: ['src/platform/http/portal-files.story.test.ts', 'are sent as the build made them small'],
  },
  'caches do not learn that a response depends on the encoding': {
    edits: [['src/app.ts', "response.setHeader('vary', 'accept-encoding')", '']],
    test: ['src/platform/http/portal-files.story.test.ts', 'are sent as the build made them small'],
  },
  'the styles of a component are forgotten': {
    edits: [['portal/ui/mantine-behind.css', '@import "@mantine/core/styles/Menu.css";', '']],
    test: ['portal/ui/mantine.test.ts', 'the styles of what is used of Mantine are there'],
  },
  'an unusable directory is reported with a stack trace': {
    edits: [
      [
        'src/platform/data-folder.ts',
        "throw new WrongSetting(\n      t('DATA_DIR",
        "throw new Error(\n      t('DATA_DIR",
      ],
    ],
    test: ['src/cli/start-up.test.ts', 'a setting that prevents the start is reported in one sentence'],
  },
  'a site that is tried out has an address without passkeys': {
    edits: [['src/platform/config.ts', "? 'localhost' :", '? host :']],
    test: ['src/platform/config.test.ts', 'have defaults'],
  },
  'a name from right to left swallows the digits after it': {
    edits: [['src/platform/input/isolated.ts', 'rightToLeft.test(inner)', 'false']],
    test: ['src/platform/input/isolated.test.ts', 'in a sentence'],
  },
  'a page whose file is gone is loaded again and again': {
    edits: [['portal/screen.tsx', 'if (sessionStorage.getItem(key) === build) return false', '']],
    test: ['e2e/delivery.spec.ts', 'is not loaded again and again'],
  },
  'the page does not check whether the site is back': {
    edits: [['portal/connection.ts', 'retry = setTimeout(askAgain, wait)', '']],
    test: ['e2e/delivery.spec.ts', 'opens automatically when the server is back'],
  },
  'a mail has the language of the request that wakes the worker': {
    edits: [['src/platform/repeated-work.ts', 'this.outsideRequests(() => this.run())', 'this.run()']],
    test: ['src/messaging/mails/outbox.story.test.ts', 'a mail has the language of the site'],
  },
  'the documentation has the language of its first reader': {
    edits: [
      [
        'src/platform/http/documentation.ts',
        "inLocale('en', () => JSON.stringify(context.openApi()))",
        'JSON.stringify(context.openApi())',
      ],
    ],
    test: ['src/platform/errors.test.ts', 'is in English'],
  },
  'a long list of languages is negotiated': {
    edits: [['src/platform/messages/request-locale.ts', 'acceptLanguage.length > longestHeader || ', '']],
    test: ['src/platform/messages/request-locale.test.ts', 'is answered in'],
  },
  'a refused attempt counts against its network': {
    edits: [['src/platform/limits/limited.ts', '    await takeBack(db, counters.slice(0, index))\n', '']],
    test: ['src/platform/limits/limits.story.test.ts', 'a refused attempt counts nowhere'],
  },
}
