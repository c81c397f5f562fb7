import { addPasskey, startPasskey } from '../../../src/identity/passkeys/schema'
import { useEndpoint } from '../../endpoint-hooks'
import { makePasskey } from '../../sign-in/passkey'

/** Three steps: the challenge, the passkey from the browser, the response. */
export function useAddPasskey() {
  const start = useEndpoint(startPasskey)
  const add = useEndpoint(addPasskey)
  return async (name: string) => {
    const { options } = await start.mutateAsync({})
    await add.mutateAsync({ name, response: await makePasskey(options) })
  }
}
