import { Schema } from "effect"
import { growingCodes } from "../growing.ts"
import { areImages, parseImages } from "../parseImages.ts"

/** Texts in UTF-8, with a separator after each text but the last. */
export interface Texts {
  readonly bytes: Uint8Array
  readonly separator: number
  readonly ends: Int32Array
}

/** Keys, and the rows of each key in JSON. A row has the number of its source, and then the fields of this source. */
export interface KeyPage {
  readonly keys: Texts
  readonly rows: Texts
}

type Rows = ReadonlyArray<ReadonlyArray<unknown>>

/** The rows of a key. */
export interface Archived {
  readonly size: number
  /** Removes the rows, so call this only once. */
  take(): Rows
}

/** The rows of a load. Nothing reads the rows of a key until one of them changes. */
export interface Archive {
  /** Includes the removed rows of a page until the rows of all keys of the page are removed. */
  readonly size: number
  /** `sizes` are the numbers of rows of the keys. */
  add(page: KeyPage, sizes: Int32Array): void
  find(name: string): Archived | undefined
}

/** Without `ignoreBOM`, the decoder would remove a byte order mark at the start of a key. */
const [encoder, decoder] = [new TextEncoder(), new TextDecoder("utf-8", { ignoreBOM: true })]

const startOf = ({ ends, separator }: Texts, index: number) => index === 0 ? 0 : (ends[index - 1] ?? 0) + separator

export const textAt = (texts: Texts, index: number) =>
  decoder.decode(texts.bytes.subarray(startOf(texts, index), texts.ends[index]))

type Lists = ReadonlyArray<Rows>

const areLists = (value: unknown): value is Lists => Array.isArray(value) && value.every(areImages)

const parseLists: (text: string) => Lists = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.declare(areLists)))

/** Returns the rows of each key. In `bytes`, commas separate the texts of the keys. */
export const rowsOfAll = ({ rows: { bytes } }: KeyPage) => parseLists(`[${decoder.decode(bytes)}]`)

/** The first table of slots has this size, and each other table is twice as large as the one before it. */
const firstSlots = 1_024

const tableOf = (entry: number) => 31 - Math.clz32(Math.floor(entry / firstSlots) + 1)

const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = end - start
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193)
  return hash ^ (hash >>> 15)
}

const isEqual = (texts: Texts, index: number, text: Uint8Array): boolean => {
  const start = startOf(texts, index)
  if ((texts.ends[index] ?? 0) - start !== text.length) return false
  for (let at = 0; at < text.length; at++) if (texts.bytes[start + at] !== text[at]) return false
  return true
}

interface Kept extends KeyPage {
  readonly first: number
  readonly sizes: Int32Array
  readonly size: number
  left: number
}

const gone = -1

export const makeArchive = (): Archive => {
  const pages: Array<Kept | undefined> = []
  /** For each entry, its page or `gone`, and the next entry of its slot plus 1. */
  const [pageOf, nexts] = [growingCodes(), growingCodes()]
  const tables: Array<Int32Array> = []
  let size = 0

  const add = (page: KeyPage, sizes: Int32Array) => {
    const { keys } = page
    const count = keys.ends.length
    const first = nexts.size
    for (let index = 0; index < count; index++) {
      const table = tableOf(first + index)
      const slots = tables[table] ??= new Int32Array(firstSlots * 2 ** table)
      const slot = hashOf(keys.bytes, startOf(keys, index), keys.ends[index] ?? 0) & (slots.length - 1)
      nexts.push(slots[slot] ?? 0)
      slots[slot] = first + index + 1
    }
    pageOf.fill(pages.length, count)
    const rows = sizes.reduce((sum, each) => sum + each, 0)
    pages.push({ ...page, first, sizes, size: rows, left: count })
    size += rows
  }

  const remove = (entry: number, page: Kept) => {
    const number = pageOf.values[entry] ?? gone
    pageOf.values[entry] = gone
    page.left -= 1
    if (page.left > 0) return
    pages[number] = undefined
    size -= page.size
  }

  const archivedAt = (entry: number, page: Kept): Archived => {
    const index = entry - page.first
    return {
      size: page.sizes[index] ?? 0,
      take: () => {
        remove(entry, page)
        return parseImages(textAt(page.rows, index))
      }
    }
  }

  const find = (name: string) => {
    if (size === 0) return undefined
    const key = encoder.encode(name)
    const hash = hashOf(key, 0, key.length)
    for (const slots of tables) {
      for (let next = slots[hash & (slots.length - 1)] ?? 0; next !== 0; next = nexts.values[next - 1] ?? 0) {
        const page = pages[pageOf.values[next - 1] ?? gone]
        if (page !== undefined && isEqual(page.keys, next - 1 - page.first, key)) return archivedAt(next - 1, page)
      }
    }
    return undefined
  }

  return {
    get size() {
      return size
    },
    add,
    find
  }
}
