import { takeSecret } from './pending-links'

/**
 * Takes the secret of a link out of the address. Imported first, so that it runs before any other module; see
 * `pending-links.ts`.
 */
takeSecret()
