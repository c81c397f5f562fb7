// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Bugs } from './bug'

export const proofBugs: Bugs = {
  'the portal does not say which organization one has left': {
    edits: [['portal/organization/leave-dialog.tsx', 'toast(`You have left ${organization.name}.`)', "toast('Done.')"]],
    test: ['e2e/leave.spec.ts', 'Leave → Confirm → toast'],
  },
  'every browser is said to be Safari': {
    edits: [['portal/account/browser-name.ts', "'Firefox'],", "'Safari'],"]],
    test: ['portal/account/browser-name.test.ts', 'Firefox on Linux'],
  },
}
