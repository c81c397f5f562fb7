/**
 * The number of random command sequences or requests: the environment variable, or `usual`. The embedded database gets
 * half, because the same code runs the same statements on it.
 */
export function howMany(variable: string, usual: number): number {
  const given = process.env[variable]
  if (given) return Number(given)
  return process.env.TEST_DATABASE === 'embedded' ? Math.ceil(usual / 2) : usual
}
