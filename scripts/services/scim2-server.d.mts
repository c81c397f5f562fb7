/** Downloads what is missing; returns Python and the environment with which it finds scim2-server. */
export function ensureScim2Server(say?: (message: string) => void): { program: string; env: Record<string, string> }
