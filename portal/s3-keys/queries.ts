import { useQuery } from '@tanstack/react-query'
import {
  createS3Key,
  deleteS3Key,
  listS3Keys,
  resetS3Secret,
  setS3KeyEnd,
  showS3Secret,
} from '../../src/connections/s3-keys/schema'
import type { AnswerOf } from '../../src/platform/http/endpoint'
import { askAgainAfter, polledQuery, useEndpoint } from '../endpoint-hooks'

/** That a gateway has a key is not an event, so this asks again as long as one is on its way. */
export const s3KeysQuery = () =>
  polledQuery(listS3Keys, {}, (listed) => {
    const waiting =
      listed?.services.filter(
        ({ keys, ending }) => ending.length > 0 || keys.some(({ state }) => state === 'pending'),
      ) ?? []
    return waiting.length > 0 && askAgainAfter(waiting)
  })

/** An access key with its secret, and the key that they belong to. */
export interface S3Secret extends AnswerOf<typeof showS3Secret> {
  name: string
}

export const useCreateS3Key = () => useEndpoint(createS3Key)
export const useShowS3Secret = () => useEndpoint(showS3Secret)
export const useResetS3Secret = () => useEndpoint(resetS3Secret)
export const useSetS3KeyEnd = () => useEndpoint(setS3KeyEnd)
export const useDeleteS3Key = () => useEndpoint(deleteS3Key)

/** How many keys the reader made under their membership, with which they end. */
export function useKeysOfMembership(): number {
  const { data } = useQuery(s3KeysQuery())
  return (data?.services ?? []).flatMap(({ keys }) => keys).filter(({ ofMembership }) => ofMembership).length
}
