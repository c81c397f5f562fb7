import type { Config } from '../../platform/config'
import { createOutbound } from '../outbound/outbound'
import type { Connector } from './connector'
import { webhook } from './webhook'

/** The kinds that services are told through, on one guarded way out. */
export const connectorsFor = ({
  outboundAllow,
}: Pick<Config, 'outboundAllow'>): Partial<Record<string, Connector>> => ({
  webhook: webhook(createOutbound({ allowed: outboundAllow })),
})
