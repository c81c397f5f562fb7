import { useSyncExternalStore } from 'react'
import type { StoredSecret } from '../../pending-links'

/** The secret out of the link that was opened last, also where it was opened on the page that uses it. */
export const usePendingLink = (slot: StoredSecret): string | null => useSyncExternalStore(slot.subscribe, slot.get)
