/**
 * The rows of a CSV text (RFC 4180) as spreadsheets write it: with commas, semicolons or tabs, quotes, and a byte order mark.
 * Spaces around a field do not count. Empty rows are left out.
 */
export function readCsv(text: string): string[][] {
  const given = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(given)
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const endField = () => {
    row.push(field.trim())
    field = ''
  }
  const endRow = () => {
    endField()
    if (row.some((one) => one !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < given.length; at++) {
    const character = given[at]!
    if (quoted && character === '"' && given[at + 1] === '"') field += given[++at]
    else if (character === '"' && (quoted || field.trim() === '')) quoted = !quoted
    else if (quoted) field += character
    else if (character === separator) endField()
    else if (character === '\n') endRow()
    else if (character !== '\r') field += character
  }
  endRow()
  return rows
}

/** The one that the first line has. */
function separatorOf(text: string): string {
  const [first] = text.split('\n', 1)
  return [',', ';', '\t'].find((one) => first!.includes(one)) ?? ','
}
