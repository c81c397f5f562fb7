/** What an account may have to do before it reaches more than itself. */
export const todos = ['confirm_address', 'accept_terms', 'second_factor'] as const
export type Todo = (typeof todos)[number]
