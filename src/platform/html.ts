const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** HTML that is safe as it is. Only the tag below creates it. */
export class Html {
  constructor(readonly text: string) {}
}

/** Tagged template: escapes every value, in text and in attributes. Nested HTML and lists of it are not escaped. */
export function html(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  return new Html(strings.reduce((text, part, index) => text + written(values[index - 1]!) + part))
}

function written(value: string | Html | Html[]): string {
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(written).join('')
  return value.replace(/[&<>"']/g, (character) => escapes[character]!)
}
