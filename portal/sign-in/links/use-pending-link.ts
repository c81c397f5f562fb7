import { useSyncExternalStore } from 'react'
import type { StoredSecret } from '../../pending-links'

/** The secret of the last opened link, also if it was opened on the page that uses it. */
export const usePendingLink = (slot: StoredSecret): string | null => useSyncExternalStore(slot.subscribe, slot.get)
