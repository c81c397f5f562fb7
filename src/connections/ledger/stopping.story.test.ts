import { expect, test } from 'vitest'
import { hookedService } from '../../../tests/support/hooked-service'
import { newMember } from '../../../tests/support/organizations'
import { openReceiver, receiverAddress } from '../../../tests/support/receiver'
import { openSite } from '../../../tests/support/site'

test('a server that stops tells services of the changes that it has answered', async () => {
  const site = await openSite({ outboundAllow: [receiverAddress] })
  const receiver = await openReceiver()
  const hub = await hookedService(site, await site.person('Olga', { operator: true }), receiver)
  const members = [
    await newMember(site, hub.organizationId, hub.admin),
    await newMember(site, hub.organizationId, hub.admin),
  ]
  for (const member of members) await hub.isApplied(member)
  // The second waits until the time after the first is over.
  for (const member of members) await hub.remove(member)
  await site.close()
  for (const member of members) expect(hub.told(member)).toEqual(['access.granted', 'access.ended'])
  await receiver.close()
})
