import type { Weighted } from "../metrics/Measure.ts"
import type { Quantity } from "./projection.ts"
import type { Reading } from "./Reading.ts"
import type { Add, Tally } from "./Tally.ts"

export interface TrackTerms {
  readonly block: number
  /** A plan gets a track after this number of counts. */
  readonly begun: number
  readonly piece: number
}

export const trackTerms: TrackTerms = { block: 32, begun: 2, piece: 2048 }

const maxCells = 128

interface Track {
  readonly cells: number
  readonly width: number
  readonly tags: number
  readonly running: Tally
  readonly counts: Int32Array
  readonly sums: ReadonlyMap<Quantity | Weighted, Float64Array>
  known: number
}

const quantitiesOf = ({ amount, price }: Reading) =>
  [...new Set([amount, price])].filter((quantity) => quantity !== undefined)

const cellsOf = (reading: Reading) => reading.width * (1 + quantitiesOf(reading).length)

const makeTrack = (reading: Reading, blocks: number): Track => {
  const { tags, width } = reading
  const quantities = quantitiesOf(reading)
  const floats = (cells: number) => new Map(quantities.map((quantity) => [quantity, new Float64Array(cells)]))
  return {
    cells: cellsOf(reading),
    width,
    tags,
    running: { counts: new Float64Array(width), sums: floats(width) },
    counts: new Int32Array((blocks + 1) * width),
    sums: floats((blocks + 1) * width),
    known: 0
  }
}

const copy = (values: Float64Array, into: Int32Array | Float64Array, start: number) => {
  for (let cell = 0; cell < values.length; cell++) into[start + cell] = values[cell] ?? 0
}

const extend = (track: Track, add: Add, block: number, end: number) => {
  const { counts, running, sums, width } = track
  while (track.known < end) {
    add(running, track.known * block, (track.known + 1) * block, 0)
    track.known += 1
    copy(running.counts, counts, track.known * width)
    for (const [quantity, values] of running.sums) copy(values, sums.get(quantity) ?? values, track.known * width)
  }
}

const addDifference = (
  into: Float64Array,
  base: number,
  sums: Int32Array | Float64Array,
  from: number,
  to: number,
  width: number
) => {
  for (let cell = 0; cell < width; cell++) {
    into[base + cell] = (into[base + cell] ?? 0) + (sums[to + cell] ?? 0) - (sums[from + cell] ?? 0)
  }
}

/** The track supplies the totals of its blocks. Only the entries before and after them are scanned. */
const along =
  ({ counts, known, sums, width }: Track, add: Add, block: number): Add => (tally, start, end, base, firstViewers) => {
    if (firstViewers !== undefined) return add(tally, start, end, base, firstViewers)
    const [from, to] = [Math.ceil(start / block), Math.min(known, Math.floor(end / block))]
    if (from >= to) return add(tally, start, end, base)
    addDifference(tally.counts, base, counts, from * width, to * width, width)
    for (const [quantity, values] of tally.sums) {
      addDifference(values, base, sums.get(quantity) ?? values, from * width, to * width, width)
    }
    add(tally, start, from * block, base)
    add(tally, to * block, end, base)
  }

export interface Tracks {
  faster(reading: Reading, add: Add): Add
}

export const makeTracks = (size: number, { begun, block, piece }: TrackTerms): Tracks => {
  const blocks = Math.floor(size / block)
  const kept = new Map<string, { uses: number; track: Track | undefined }>()
  const trim = () => {
    let cells = [...kept.values()].reduce((sum, { track }) => sum + (track?.cells ?? 1), 0)
    for (const [key, { track }] of kept) {
      if (cells <= maxCells) return
      cells -= track?.cells ?? 1
      kept.delete(key)
    }
  }
  const faster = (reading: Reading, add: Add): Add => {
    const { classes: { key }, past, tags, weights } = reading
    // Weights can change, and a later run has a later `asOf`, so stored sums under a `past` condition would be wrong.
    if (
      past !== undefined || weights !== undefined || blocks === 0 || key === undefined || cellsOf(reading) > maxCells
    ) return add
    const entry = kept.get(key) ?? { uses: 0, track: undefined }
    kept.delete(key)
    kept.set(key, entry)
    entry.uses += 1
    // If the number of tags has changed, the cells are in other places, so the track is made again.
    if (entry.uses > begun && entry.track?.tags !== tags) entry.track = makeTrack(reading, blocks)
    trim()
    if (entry.track === undefined) return add
    extend(entry.track, add, block, Math.min(blocks, entry.track.known + piece))
    return along(entry.track, add, block)
  }
  return { faster }
}
