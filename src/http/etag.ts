import { createHash } from "node:crypto"

const tag = /^(?:W\/)?"([^"]*)"$/

const tagsIn = (header: string): ReadonlyArray<string> =>
  header.split(",").map((part) => tag.exec(part.trim())?.[1]).filter((found) => found !== undefined)

/** Of what has no version: the digest of what it says. */
export const digestTag = (content: string | Uint8Array): string =>
  `"${createHash("sha256").update(content).digest("base64url")}"`

/** `"<version>.<snapshotCount>"` */
export const etagOf = ({ snapshotCount, version }: { readonly version: number; readonly snapshotCount: number }) =>
  `"${version}.${snapshotCount}"`

/** Whether `If-None-Match` names what would be answered. */
export const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === "*" || tagsIn(ifNoneMatch).includes(etag.slice(1, -1)))

const version = /^(\d{1,9})(?:\.\d+)?$/

/** The versions that `If-Match` allows, or undefined if it allows any. */
export const versionsOf = (ifMatch: string | undefined): ReadonlyArray<number> | undefined =>
  ifMatch === undefined || ifMatch.trim() === "*"
    ? undefined
    : tagsIn(ifMatch).map((found) => version.exec(found)?.[1]).filter((found) => found !== undefined).map(Number)
