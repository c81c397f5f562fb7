/** What the form of an organization holds. */
export const emptyForm = {
  name: '',
  country: '',
  description: '',
  address: '',
  city: '',
  postalCode: '',
  website: '',
  taxId: '',
}
export type OrganizationValues = typeof emptyForm
