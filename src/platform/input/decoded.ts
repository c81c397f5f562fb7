/** Without its percent signs. What cannot be decoded stays as it came. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
