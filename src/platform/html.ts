const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** HTML that is safe as it is. Only the tag below makes it. */
export class Html {
  constructor(readonly text: string) {}
}

/** Tagged template: every value is escaped, in text and in attributes; nested HTML and lists of it are not. */
export function html(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  return new Html(strings.reduce((text, part, index) => text + written(values[index - 1]!) + part))
}

function written(value: string | Html | Html[]): string {
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(written).join('')
  return value.replace(/[&<>"']/g, (character) => escapes[character]!)
}
