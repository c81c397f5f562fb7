// What `npm run test:planted` plants, by area. tests/tidy.test.ts holds every edit to the text that it changes.

import { accountsBugs } from './accounts'
import type { Bugs } from './bug'
import { codesBugs } from './codes'
import { deliveryBugs } from './delivery'
import { firstStageBugs } from './first-stage'
import { formsBugs } from './forms'
import { inputBugs } from './input'
import { listsBugs } from './lists'
import { organizationsBugs } from './organizations'
import { proofBugs } from './proof'
import { serverBugs } from './server'

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
