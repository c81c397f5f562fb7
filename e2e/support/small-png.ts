import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** Reduces a screenshot to 256 colours: a third of the browser's size, without a visible difference. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png)
  const { palette, nearest } = reduce(pixels)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = nearest.get(pixels[y * width + x]!)!
  const header = Buffer.from(png.subarray(16, 29))
  header.set([8, 3], 8)
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const channels = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255]

/** The 256 most frequent colours, and the nearest of them for every other colour. */
function reduce(pixels: Uint32Array) {
  const frequency = new Map<number, number>()
  for (const colour of pixels) frequency.set(colour, (frequency.get(colour) ?? 0) + 1)
  const palette = [...frequency]
    .sort((one, other) => other[1] - one[1])
    .slice(0, 256)
    .map(([colour]) => colour)
  const distance = (one: number, other: number) => {
    const [a, b] = [channels(one), channels(other)]
    return a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0)
  }
  const nearest = new Map<number, number>(palette.map((colour, index) => [colour, index]))
  for (const colour of frequency.keys()) {
    if (nearest.has(colour)) continue
    const distances = palette.map((one) => distance(one, colour))
    nearest.set(colour, distances.indexOf(Math.min(...distances)))
  }
  return { palette, nearest }
}

/** Decodes Chromium's format: three bytes per pixel, no interlacing, a separate filter for each row. */
function decode(png: Buffer) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * 3
  const bytes = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < 3 ? 0 : bytes[at - 3]!
      const above = y === 0 ? 0 : bytes[at - stride]!
      const corner = x < 3 || y === 0 ? 0 : bytes[at - stride - 3]!
      bytes[at] = raw[at + y + 1]! + predict(filter, left, above, corner)
    }
  }
  const pixels = new Uint32Array(width * height)
  for (let at = 0; at < pixels.length; at++) pixels[at] = bytes.readUIntBE(at * 3, 3)
  return { width, height, pixels }
}

function predict(filter: number, left: number, above: number, corner: number): number {
  if (filter < 4) return [0, left, above, (left + above) >> 1][filter]!
  const [toLeft, toAbove, toCorner] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs)
  if (toLeft! <= toAbove! && toLeft! <= toCorner!) return left
  return toAbove! <= toCorner! ? above : corner
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
