const two = (number: number) => String(number).padStart(2, '0')

/** A date and a time in the reader's time zone, in the format of date and time inputs. */
export const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
export const minuteOf = (date: Date) => `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}`
