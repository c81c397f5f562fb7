// What `npm run test:mutants` applies, by area. tests/tidy.test.ts holds every edit to the text that it changes.

import { accountsMutants } from './accounts'
import { codesMutants } from './codes'
import { connectionsMutants } from './connections'
import { deliveryMutants } from './delivery'
import { directoriesMutants } from './directories'
import { firstStageMutants } from './first-stage'
import { formsMutants } from './forms'
import { gatewayMutants } from './gateway'
import { inputMutants } from './input'
import { jupyterhubMutants } from './jupyterhub'
import { keycloakMutants } from './keycloak'
import { keystoneMutants } from './keystone'
import { listsMutants } from './lists'
import type { Mutants } from './mutant'
import { openidMutants } from './openid'
import { organizationsMutants } from './organizations'
import { outboundMutants } from './outbound'
import { proofMutants } from './proof'
import { remindersMutants } from './reminders'
import { returningMutants } from './returning'
import { s3Mutants } from './s3'
import { serverMutants } from './server'

export const mutants: Mutants = {
  ...firstStageMutants,
  ...accountsMutants,
  ...codesMutants,
  ...connectionsMutants,
  ...gatewayMutants,
  ...s3Mutants,
  ...deliveryMutants,
  ...directoriesMutants,
  ...formsMutants,
  ...inputMutants,
  ...jupyterhubMutants,
  ...keycloakMutants,
  ...keystoneMutants,
  ...listsMutants,
  ...organizationsMutants,
  ...openidMutants,
  ...outboundMutants,
  ...proofMutants,
  ...remindersMutants,
  ...returningMutants,
  ...serverMutants,
}
