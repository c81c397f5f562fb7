const two = (number: number) => String(number).padStart(2, '0')

/** A day and a minute where the reader is, as fields for them take and give them. */
export const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
export const minuteOf = (date: Date) => `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}`
