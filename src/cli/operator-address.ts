import { readAddress } from '../platform/input/addresses'

/** An address as accounts have it, however it was typed. What is none is looked for as it is, and not found. */
export function operatorAddress(typed: string): string {
  const address = readAddress(typed)
  return 'value' in address ? address.value : typed.toLowerCase()
}
