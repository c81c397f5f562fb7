import { takeSecret } from './carried'

/** Before anything else runs: see there. */
takeSecret()
