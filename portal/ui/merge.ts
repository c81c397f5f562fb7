export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * A form’s values after someone else changed the same thing: the current value where nothing was entered, otherwise what was
 * entered. `both` are the fields that both changed.
 */
export function merge<Values extends object>(before: Values, entered: Values, now: Values) {
  const values = { ...entered }
  const both: (keyof Values & string)[] = []
  for (const name of Object.keys(now) as (keyof Values & string)[]) {
    if (same(before[name], now[name]) || same(entered[name], now[name])) continue
    if (same(entered[name], before[name])) values[name] = now[name]
    else both.push(name)
  }
  return { values, both }
}
