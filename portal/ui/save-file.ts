/** Downloads a file. */
export function saveFile(content: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser may still be reading a large file.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

export function saveJson(content: unknown, name: string) {
  saveFile(new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' }), name)
}
