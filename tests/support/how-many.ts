/**
 * How many random histories or requests a test makes: what the environment says, or this many; on the embedded database,
 * which is asked the same statements by the same code, half of that.
 */
export function howMany(variable: string, usual: number): number {
  const given = process.env[variable]
  if (given) return Number(given)
  return process.env.TEST_DATABASE === 'embedded' ? Math.ceil(usual / 2) : usual
}
