/** What a client may ask for besides the subject. */
export const clientScopes = ['profile', 'email', 'organization', 'access'] as const
