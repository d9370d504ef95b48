import { isUtf8 } from "node:buffer"

export const maxBodyBytes = 1024 * 1024
const maxDepth = 64
const maxValues = 20_000
/** Same limit as a layout. */
const maxObjects = 10_000
/** Below this size neither depth nor count can do harm. */
const unscannedBytes = 8 * 1024

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openingObject = 0x7b
const opening = new Set([0x5b, openingObject])
const closing = new Set([0x5d, 0x7d])

const endOfString = (bytes: Uint8Array, start: number): number => {
  let index = start + 1
  while (index < bytes.length && bytes[index] !== quote) index += bytes[index] === backslash ? 2 : 1
  return index
}

const isWithinLimits = (bytes: Uint8Array): boolean => {
  let depth = 0
  let values = 1
  let objects = 0
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    if (byte === quote) index = endOfString(bytes, index)
    else if (byte === comma) values++
    else if (opening.has(byte)) depth++
    else if (closing.has(byte)) depth--
    if (byte === openingObject) objects++
    if (depth > maxDepth || values > maxValues || objects > maxObjects) return false
  }
  return true
}

const hasByteOrderMark = (bytes: Uint8Array) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** Undefined: the body may be parsed. */
export const bodyFault = (bytes: Uint8Array): string | undefined => {
  if (!isUtf8(bytes)) return "The body is not UTF-8."
  if (hasByteOrderMark(bytes)) return "The body begins with a byte order mark."
  if (bytes.length > unscannedBytes && !isWithinLimits(bytes)) {
    return `The body has more than ${maxValues} values or ${maxObjects} objects, or is nested deeper than ${maxDepth} levels.`
  }
  return undefined
}
