/** The portal speaks English. Dates, numbers and countries are written in the reader's kind of it, where there is one. */
export const language = globalThis.navigator?.languages.find((one) => /^en\b/i.test(one)) ?? 'en-GB'
