// What `npm run test:planted` plants, by area. src/tidy.test.ts holds every edit to the text that it changes.

import { accountsBugs } from './planted/accounts'
import type { Bugs } from './planted/bug'
import { codesBugs } from './planted/codes'
import { deliveryBugs } from './planted/delivery'
import { firstStageBugs } from './planted/first-stage'
import { formsBugs } from './planted/forms'
import { inputBugs } from './planted/input'
import { listsBugs } from './planted/lists'
import { organizationsBugs } from './planted/organizations'
import { proofBugs } from './planted/proof'
import { serverBugs } from './planted/server'

export const bugs: Bugs = {
  ...firstStageBugs,
  ...accountsBugs,
  ...codesBugs,
  ...deliveryBugs,
  ...formsBugs,
  ...inputBugs,
  ...listsBugs,
  ...organizationsBugs,
  ...proofBugs,
  ...serverBugs,
}
