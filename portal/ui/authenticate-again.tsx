import { PasswordInput, Text } from '@mantine/core'
import { useState, useSyncExternalStore } from 'react'
import { authenticateAgain } from '../../src/sessions/schema'
import { call, type Refusal } from '../api'
import { ConfirmDialog } from './dialog'

type Settle = (proved: boolean) => void

let waiting: Settle[] = []
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(next: Settle[]) {
  waiting = next
  for (const listener of listeners) listener()
}

/** Asks whether it is still them; false where they close the window. Several who ask at once share one answer. */
export const proveAgain = () => new Promise<boolean>((resolve) => change([...waiting, resolve]))

function settle(proved: boolean) {
  const settles = waiting
  change([])
  for (const one of settles) one(proved)
}

/** The window that `proveAgain` opens. There is one of it, over everything. */
export function AuthenticateAgain() {
  const asked = useSyncExternalStore(subscribe, () => waiting.length > 0)
  return asked && <StillYou />
}

function StillYou() {
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  return (
    <ConfirmDialog
      title="Is it still you?"
      onClose={() => settle(false)}
      onConfirm={async () => {
        setRefusal(null)
        await call(authenticateAgain, { password })
        settle(true)
      }}
      onRefusal={(refusal) => {
        const atField = refusal.code === 'wrong_credentials' || refusal.errors.length > 0
        if (atField) setRefusal(refusal)
        return atField
      }}
    >
      <Text>This concerns how you sign in, or cannot be undone. Prove with your password that it is you.</Text>
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        required
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={refusal && (refusal.errors[0]?.message ?? 'This is not the password. Try again.')}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
