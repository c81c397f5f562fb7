import { readAddress } from '../platform/input/addresses'

/** Normalizes an address to its stored spelling. Invalid input is looked up unchanged, and is not found. */
export function operatorAddress(typed: string): string {
  const address = readAddress(typed)
  return 'value' in address ? address.value : typed.toLowerCase()
}
