/** One row of the chart: a value for each subject, in the order of the legend. */
export interface Row {
  name: string
  values: number[]
}

const [left, right, bar, gap] = [320, 60, 14, 16]
const width = 900
const colours = ['var(--own)', 'var(--baseline)', 'var(--other)']

/** Bars on a logarithmic axis, because the values differ by a factor of fifty. Supports light and dark mode. */
export function drawBars(title: string, legend: string[], rows: Row[]): string {
  const all = rows.flatMap(({ values }) => values)
  const [least, most] = [Math.min(...all) / 1.5, Math.max(...all)]
  const x = (value: number) => (Math.log(value / least) / Math.log(most / least)) * (width - left - right)
  const rowHeight = legend.length * bar + gap
  const top = 70
  const height = top + rows.length * rowHeight
  const parts = rows.map(({ name, values }, row) => {
    const y = top + row * rowHeight
    const bars = values.map((value, index) => {
      const at = y + index * bar
      const end = left + x(value)
      return (
        `<rect x="${left}" y="${at}" width="${x(value).toFixed(1)}" height="${bar - 3}" rx="2" fill="${colours[index]}"/>` +
        `<text x="${(end + 6).toFixed(1)}" y="${at + bar - 4}" class="value">${value.toFixed(2)}</text>`
      )
    })
    return `<text x="${left - 12}" y="${y + (legend.length * bar) / 2 + 3}" text-anchor="end">${name}</text>${bars.join('')}`
  })
  const keys = legend.map(
    (name, index) =>
      `<rect x="${left + index * 170}" y="38" width="12" height="12" rx="2" fill="${colours[index]}"/><text x="${left + 18 + index * 170}" y="48">${name}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<style>
svg { --own: #1f6d52; --baseline: #a9a59a; --other: #c97b3c; --text: #24231f; background: #fff; font: 13px sans-serif; }
text { fill: var(--text); } .value { font-size: 11px; } .title { font-size: 15px; font-weight: 600; }
@media (prefers-color-scheme: dark) { svg { --own: #3fa982; --baseline: #77746b; --other: #d48a4e; --text: #e9e6dd; background: #1c1b19; } }
</style>
<text x="12" y="22" class="title">${title}</text>
${[...keys, ...parts].join('\n')}
</svg>
`
}
