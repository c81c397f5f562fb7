import { takeSecret } from './pending-links'

/** Runs before anything else: see there. */
takeSecret()
