import { takeSecret } from './pending-links'

/** Before anything else runs: see there. */
takeSecret()
