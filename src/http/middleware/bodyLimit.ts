import { isUtf8 } from "node:buffer"

export const maxBodyBytes = 1024 * 1024
const maxDepth = 64
const maxValues = 20_000
/** As many as a layout may hold; each that is wrong costs its decoder microseconds. */
const maxObjects = 10_000
/** Below this neither depth nor number can do harm. */
const smallBytes = 8 * 1024

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openingObject = 0x7b
const opening = new Set([0x5b, openingObject])
const closing = new Set([0x5d, 0x7d])

const endOfText = (bytes: Uint8Array, start: number): number => {
  let at = start + 1
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
  return at
}

const isModest = (bytes: Uint8Array): boolean => {
  let depth = 0
  let values = 1
  let objects = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === quote) at = endOfText(bytes, at)
    else if (byte === comma) values++
    else if (opening.has(byte)) depth++
    else if (closing.has(byte)) depth--
    if (byte === openingObject) objects++
    if (depth > maxDepth || values > maxValues || objects > maxObjects) return false
  }
  return true
}

const hasByteOrderMark = (bytes: Uint8Array) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** Why the bytes of a body are not taken for JSON, before anybody parses them. */
export const faultOfBody = (bytes: Uint8Array): string | undefined => {
  if (!isUtf8(bytes)) return "The body is not UTF-8."
  if (hasByteOrderMark(bytes)) return "The body begins with a byte order mark."
  if (bytes.length > smallBytes && !isModest(bytes)) {
    return `The body has more than ${maxValues} values or ${maxObjects} objects, or is nested deeper than ${maxDepth} levels.`
  }
  return undefined
}
