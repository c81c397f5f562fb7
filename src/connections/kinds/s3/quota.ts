import type { Desired } from '../connector'
import type { GatewayQuota } from './gateway'

const powers = ['', 'K', 'M', 'G', 'T', 'P']

/** How many bytes a unit has: `GB` are 10^9, `GiB` are 2^30. Undefined for what is not an amount of data. */
export function bytesOf(unit: string): number | undefined {
  const [, prefix, binary] = /^([kKMGTP]?)(i?)B$/.exec(unit.replace(/^bytes?$/, 'B')) ?? []
  if (prefix === undefined) return undefined
  return (binary ? 1024 : 1000) ** powers.indexOf(prefix.toUpperCase())
}

/**
 * What a gateway can enforce of a quota role: how much is stored, and in how many objects. Operators choose the numbers for
 * it. One that the role does not have, or that is not an amount of data, limits nothing.
 */
export function quotaOf(desired: Pick<Desired, 'quota' | 'limited'> | null): GatewayQuota {
  const find = (key: string | null | undefined) => desired?.quota.limits.find((limit) => limit.key === key)
  const stored = find(desired?.limited?.bytes)
  const factor = stored && bytesOf(stored.unit)
  return {
    bytes: stored?.value != null && factor !== undefined ? Math.floor(stored.value * factor) : null,
    objects: floored(find(desired?.limited?.objects)?.value),
  }
}

const floored = (value: number | null | undefined) => (value == null ? null : Math.floor(value))
