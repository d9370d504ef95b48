import { Schema } from "effect"
import { isStorable, undocumented, unstorable } from "./Text.ts"

export const maxDepth = 32
export const maxValues = 10_000

interface Fault {
  readonly path: ReadonlyArray<PropertyKey>
  readonly issue: string
}

const faultOfNumber = (value: number) =>
  !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))
    ? "must be a number that can be stored exactly; send larger ones as text"
    : undefined

const faultOfScalar = (value: unknown) => {
  if (typeof value === "string") return isStorable(value) ? undefined : unstorable
  return typeof value === "number" ? faultOfNumber(value) : undefined
}

export const findFault = (root: unknown): Fault | undefined => {
  const path: Array<PropertyKey> = []
  let values = 0
  const fault = (issue: string): Fault => ({ path: [...path], issue })
  const visit = (value: unknown): Fault | undefined => {
    values += 1
    if (values > maxValues) return { path: [], issue: `must not have more than ${maxValues} values` }
    if (typeof value !== "object" || value === null) {
      const issue = faultOfScalar(value)
      return issue === undefined ? undefined : fault(issue)
    }
    if (path.length >= maxDepth) {
      return { path: path.slice(0, 3), issue: `must not be nested deeper than ${maxDepth} levels` }
    }
    for (const [key, inner] of Object.entries(value)) {
      path.push(Array.isArray(value) ? Number(key) : key)
      const innerFault = isStorable(key) ? visit(inner) : fault(`its name ${unstorable}`)
      if (innerFault !== undefined) return innerFault
      path.pop()
    }
    return undefined
  }
  return visit(root)
}

export const isStorableJson = () => Schema.makeFilter((value: unknown) => findFault(value), undocumented)

export const isAtMostKiB = (most: number) =>
  Schema.makeFilter(
    (value: unknown) =>
      new TextEncoder().encode(JSON.stringify(value)).length <= most * 1024 ||
      `must not be larger than ${most} KiB of JSON`,
    undocumented
  )
