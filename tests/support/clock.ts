import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A module in this folder that shifts Node's clock by so many hours, for `--require`. Returns its path. */
export function clockShiftedBy(hours: number, folder: string): string {
  const path = join(folder, `clock${hours}.cjs`)
  writeFileSync(path, shifted(hours))
  return path
}

const shifted = (hours: number) => `
  const shift = ${hours} * 3600000
  const Right = Date
  globalThis.Date = class Date extends Right {
    constructor(...given) {
      if (given.length === 0) super(Right.now() + shift)
      else super(...given)
    }
    static now() {
      return Right.now() + shift
    }
  }`
