import { useSyncExternalStore } from 'react'
import type { TabItem } from '../../tab-storage'

/** The secret of the last opened link, also if it was opened on the page that uses it. */
export const usePendingLink = (slot: TabItem): string | null => useSyncExternalStore(slot.subscribe, slot.get)
