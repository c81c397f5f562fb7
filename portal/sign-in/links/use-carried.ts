import { useSyncExternalStore } from 'react'
import type { Slot } from '../../carried'

/** The secret out of the link that was opened last, also where it was opened on the page that uses it. */
export const useCarried = (slot: Slot): string | null => useSyncExternalStore(slot.subscribe, slot.get)
