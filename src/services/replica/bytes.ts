import { Schema } from "effect"

export const Bytes = Schema.declare((value): value is Uint8Array => value instanceof Uint8Array)

/** Sizes are sent as integers of four bytes. */
export const bytesOfSize = 4

export const viewOf = ({ buffer, byteLength, byteOffset }: Uint8Array) => new DataView(buffer, byteOffset, byteLength)
