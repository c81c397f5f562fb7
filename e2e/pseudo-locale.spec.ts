import { expect } from '@playwright/test'
import { pseudo } from '../src/platform/messages/pseudo'
import { wordsOf } from './support/plain-words'
import { guest } from './support/registering'
import { accept, request } from './support/roles'
import { decide, type Person, post, type Site, testWithMail } from './support/site'

const test = testWithMail()

// The pseudo-locale gives every translated letter an accent, and people here write in Greek: what is left in plain letters
// was not translated.

const keys = ['gefyra', 'anagnosi', 'mikro', 'megalo', 'aitimata']

const catalogue = {
  services: [
    {
      key: 'gefyra',
      name: 'Γέφυρα',
      description: 'Δεδομένα από τη θάλασσα.',
      roles: [
        { key: 'anagnosi', kind: 'access', name: 'Ανάγνωση', description: 'Μόνο ανάγνωση.' },
        {
          key: 'mikro',
          kind: 'quota',
          name: 'Μικρό',
          limits: [{ key: 'aitimata', name: 'Αιτήματα', value: 400, unit: '1/λεπτό' }],
        },
        {
          key: 'megalo',
          kind: 'quota',
          name: 'Μεγάλο',
          limits: [{ key: 'aitimata', name: 'Αιτήματα', value: 9000, unit: '1/λεπτό' }],
        },
      ],
    },
  ],
}

const details = {
  country: 'GR',
  description: 'Μετράμε κοράλλια.',
  address: 'Ερμού 1',
  city: 'Αθήνα',
  postalCode: '10563',
  website: 'https://coral.example',
  taxId: '004112',
}

/** Asks for an organization that no operator has decided on yet. */
const ask = async (author: Person, name: string): Promise<string> =>
  (await post(author.api, '/api/organizations', { name, ...details })).id

async function acceptedOrganization(site: Site, admin: Person, name: string): Promise<string> {
  const id = await ask(admin, name)
  await decide(site.operator.api, id, 'accept')
  return id
}

const renamed = (person: Person, firstName: string, lastName: string) =>
  person.api.put('/api/me', { data: { firstName, lastName, country: 'GR' } })

test.describe('No screen shows plain English in the pseudo-locale', () => {
  test.use({ locale: 'en-XA' })

  test('without signing in', async ({ site, browser }) => {
    const page = await guest(browser, site, '/sign-in', { locale: 'en-XA' })
    const words = wordsOf(page)
    const submit = () => page.locator('main button[type=submit]').first().click()
    await words.look('sign in')
    await page.locator('input[type=email], input[autocomplete~=username]').first().fill('person@example.org')
    await page.locator('input[type=password]').fill('not the password')
    await submit()
    await page.getByRole('alert').first().waitFor()
    await words.look('sign in, refused')
    await words.open('/register')
    await submit()
    await page.locator('[aria-invalid=true]').first().waitFor()
    await words.look('register, refused')
    await words.open('/forgot-password')
    await page.locator('main input').first().fill('person@example.org')
    await submit()
    await page.getByText('person@example.org').waitFor()
    await words.look('forgot password, sent')
    for (const path of [
      '/join',
      '/join#00000000000000000000000000000000',
      '/join#A0000000000000000000000000000000',
      `/confirm-address#${'0'.repeat(32)}`,
      `/reset#${'0'.repeat(32)}`,
      site.setupLink.slice(site.url.length),
      '/0/0',
    ])
      await words.open(path)
    await page.context().close()
  })

  test('without an organization, asking for one, waiting', async ({ site }) => {
    test.slow()
    const [anna, maria] = [await site.person('Άννα', 'Παππά'), await site.person('Μαρία', 'Νικολάου')]
    await acceptedOrganization(site, anna, 'Κοράλλια')
    const code = await site.code(anna, { needsApproval: true })
    const page = await maria.page('about:blank', { locale: 'en-XA' })
    const words = wordsOf(page)
    await words.openAll('/organization')
    await words.open(`/join#${code.replaceAll('-', '')}`)
    await page.getByRole('heading', { name: 'Κοράλλια' }).waitFor()
    await words.look('an invitation')
    await page.getByRole('button', { name: pseudo('Accept invitation') }).click()
    await page.getByRole('button', { name: pseudo('Withdraw'), exact: true }).waitFor()
    await words.openAll('/organization')
    await page.getByRole('button', { name: pseudo('Withdraw'), exact: true }).click()
    await page.getByRole('dialog').locator('[type=submit]').click()
    await page.getByRole('button', { name: pseudo('Provide invitation code') }).waitFor()
    await words.look('withdrawn')

    await words.openAll('/organization/create')
    await page.locator('main button[type=submit]').click()
    await page.locator('[aria-invalid=true]').first().waitFor()
    await words.look('create organization, refused')
    const id = await ask(maria, 'Φύκια')
    await words.openAll('/organization')
    await words.open(`/join#${code.replaceAll('-', '')}`)
    await decide(site.operator.api, id, 'request-changes', { reason: 'Ποια φύκια;' })
    await words.openAll('/organization')
    await words.open(`/organization/resubmit/${id}`)
    const { organization } = await (await maria.api.get('/api/me')).json()
    const data = { stateVersion: organization.stateVersion, name: 'Φύκια', ...details }
    expect((await maria.api.put(`/api/organizations/${id}`, { data })).ok()).toBe(true)
    await decide(site.operator.api, id, 'reject', { reason: 'Υπάρχει ήδη.' })
    await words.openAll('/organization')
  })

  test('the members’ screens', async ({ site }) => {
    test.slow()
    await renamed(site.operator, 'Όλγα', 'Ιωάννου')
    await post(site.operator.api, '/api/catalogue', catalogue)
    const [anna, vasilis, maria, eleni] = [
      await site.person('Άννα', 'Παππά'),
      await site.person('Βασίλης', 'Γεωργίου'),
      await site.person('Μαρία', 'Νικολάου'),
      await site.person('Ελένη', 'Δήμου'),
    ]
    const id = await acceptedOrganization(site, anna, 'Παρατηρητήριο')
    await site.join(vasilis, anna, { note: 'Για τον Βασίλη', grantsAdmin: true })
    await site.join(maria, anna)
    await site.code(vasilis, { note: 'Για όλους', boundTo: { domain: 'coral.example' }, uses: 3 })
    await site.join(eleni, anna, { needsApproval: true, grantsAdmin: true })
    await request(anna, id, 'gefyra', 'anagnosi', 'mikro', 'Μετράμε κοράλλια.')
    await accept(site, id)
    await request(anna, id, 'gefyra', null, 'megalo', 'Μετράμε κοράλλια.')
    const page = await anna.page('about:blank', { locale: 'en-XA' })
    const words = wordsOf(page, keys)
    await words.openAll('/organization')
    await page.getByRole('banner').locator('[aria-haspopup=menu]').click()
    await words.look('the menu of the account')
    await words.open('/organization/edit')
    await words.openAll('/invitations')
    await page.getByRole('button', { name: pseudo('Add invitation') }).click()
    await words.lookAtWindow('add invitation')
    await words.lookAtChoices('add invitation')
    await page.getByRole('dialog').locator('[type=submit]').click()
    await page.getByRole('dialog').locator('output').waitFor()
    await words.look('an invitation code')
    await words.closeWindows()
    for (const path of ['/users', '/active-roles', '/active-roles?at=2020-01-31T12:00:00Z', '/role-requests'])
      await words.openAll(path)
    const token = { name: 'Συγχρονισμός', scopes: ['read:organizations', 'write:invitations'] }
    await post(anna.api, '/api/me/tokens', token)
    await post(anna.api, `/api/organizations/${id}/tokens`, token)
    for (const path of ['/tokens', '/notifications', '/activity', '/account']) await words.openAll(path)
    await page.goto('/tokens')
    await page.getByRole('button', { name: new RegExp(`^${pseudo('Renew')}`) }).click()
    await page.getByRole('dialog').locator('[type=submit]').click()
    await page.getByRole('dialog').locator('output').first().waitFor()
    await words.look('a token')
    await page.getByRole('dialog').getByRole('button').last().click()

    await page.goto('/users')
    await page.getByRole('button', { name: new RegExp(`^${pseudo('Remove user')} Μαρία`) }).click()
    await page.getByRole('dialog').locator('[type=submit]').click()
    await expect(page.getByRole('row').filter({ hasText: 'Μαρία' })).toHaveCount(0)
    await words.look('removed')
    await page.getByRole('checkbox', { name: /Βασίλης/ }).click()
    await words.lookAtWindow('privileges')
    await page.getByRole('dialog').locator('[type=submit]').click()
    await expect(page.getByRole('checkbox', { name: /Βασίλης/ })).not.toBeChecked()
    await words.look('privileges revoked')
    await page.getByRole('checkbox', { name: /Άννα/ }).click()
    await words.lookAtWindow('the only admin')
    await words.closeWindows()
    await page.goto('/organization')
    await page.getByRole('button', { name: pseudo('Leave'), exact: true }).click()
    await words.lookAtWindow('leave, as the only admin')
    await page.getByRole('button', { name: pseudo('Hand over and leave') }).click()
    await words.lookAtWindow('hand over')
    await decide(site.operator.api, id, 'suspend', { reason: 'Ερώτηση.' })
    await page.goto('/organization')
    await words.look('suspended')
  })

  test('the operators’ screens', async ({ site }) => {
    test.slow()
    await renamed(site.operator, 'Όλγα', 'Ιωάννου')
    await post(site.operator.api, '/api/catalogue', catalogue)
    const [nikos, sofia] = [await site.person('Νίκος', 'Ρήγας'), await site.person('Σοφία', 'Μαρκάκη')]
    const [accepted, asked] = [await acceptedOrganization(site, nikos, 'Δελφίνια'), await ask(sofia, 'Χελώνες')]
    await request(nikos, accepted, 'gefyra', 'anagnosi', 'mikro', 'Μετράμε δελφίνια.')
    await accept(site, accepted)
    await request(nikos, accepted, 'gefyra', null, 'megalo', 'Μετράμε δελφίνια.')
    const page = await site.operator.page('about:blank', { locale: 'en-XA' })
    const words = wordsOf(page, keys)
    for (const path of [
      '/operator/organizations',
      '/operator/organizations?q=000',
      `/operator/organizations/${accepted}`,
      `/operator/organizations/${asked}`,
      '/operator/role-requests',
      '/operator/services',
      '/operator/services/gefyra/keys',
      '/operator/connections',
      '/operator/accounts',
      '/operator/mails',
      '/operator/policy',
      '/operator/activity',
    ])
      await words.openAll(path)
  })
})
