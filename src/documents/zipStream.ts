import { Zip, type ZipInputFile } from "fflate"
import { promisify } from "node:util"
import { constants, crc32, deflateRaw } from "node:zlib"

const deflated = promisify<Uint8Array, { readonly finishFlush: number }, Buffer>(deflateRaw)

/** A time in a zip file cannot be before 1980. */
export const zipTime = new Date(1980, 0, 1, 12)

interface ZipEntry {
  readonly write: (text: string) => Promise<void>
  readonly end: (text: string) => Promise<void>
}

/** `taken` returns the bytes that are ready. */
export const zipStream = () => {
  const written: Array<Uint8Array> = []
  const zip = new Zip((_error, bytes) => {
    written.push(bytes)
  })
  const entry = (filename: string): ZipEntry => {
    const file: ZipInputFile = { filename, size: 0, crc: 0, compression: 8, mtime: zipTime }
    zip.add(file)
    const push = async (text: string, isLast: boolean) => {
      const bytes = Buffer.from(text)
      file.size += bytes.length
      file.crc = crc32(bytes, file.crc)
      const finishFlush = isLast ? constants.Z_FINISH : constants.Z_FULL_FLUSH
      file.ondata?.(null, new Uint8Array(await deflated(bytes, { finishFlush })), isLast)
    }
    return { write: (text) => push(text, false), end: (text) => push(text, true) }
  }
  return { entry, end: () => zip.end(), taken: (): Uint8Array => Buffer.concat(written.splice(0)) }
}
