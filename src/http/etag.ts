import { sha256 } from "../domain/sha256.ts"

const strongOrWeak = /^(?:W\/)?"([^"]*)"$/

const tagsIn = (header: string): ReadonlyArray<string> =>
  header.split(",").map((part) => strongOrWeak.exec(part.trim())?.[1]).filter((listed) => listed !== undefined)

export const contentETag = (content: string | Uint8Array): string => `"${sha256(content, "base64url")}"`

export const reportETag = ({ snapshotCount, version }: { readonly version: number; readonly snapshotCount: number }) =>
  `"${version}.${snapshotCount}"`

export const isNotModified = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === "*" || tagsIn(ifNoneMatch).includes(etag.slice(1, -1)))

const version = /^(\d{1,9})(?:\.\d+)?$/

export const allowedVersions = (ifMatch: string | undefined): ReadonlyArray<number> | undefined =>
  ifMatch === undefined || ifMatch.trim() === "*"
    ? undefined
    : tagsIn(ifMatch).map((listed) => version.exec(listed)?.[1]).filter((listed) => listed !== undefined).map(Number)
