import { Problem } from '../errors'
import { type Route, write } from '../http/flow'
import { sameBytes } from '../keys'
import { claimSetupLink } from './schema'
import { setupToken } from './setup'
import { loadSetup, saveSetup } from './store'

export const siteRoutes: Route[] = [
  write(claimSetupLink, {
    load: ({ db, session }) => loadSetup(db, session),
    decide: ({ actor, setupNonce, usable }, { token }, { keys }) => {
      if (!usable || !sameBytes(Buffer.from(token), Buffer.from(setupToken(setupNonce, keys))))
        throw new Problem('setup_link_invalid')
      return actor
    },
    save: saveSetup,
    answer: () => ({ done: true as const }),
  }),
]
