/** Actions that an account may have to complete before it reaches more than itself. */
export const requiredActions = ['confirm_address', 'accept_terms', 'second_factor'] as const
export type RequiredAction = (typeof requiredActions)[number]
