import { strFromU8, unzipSync } from "fflate"

type Cell = string | number

const entities: { readonly [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'" }

const plain = (xml: string) => xml.replaceAll(/&(\w+);/g, (_, name) => entities[String(name)] ?? "")

const sharedIn = (files: ReturnType<typeof unzipSync>): ReadonlyArray<string> =>
  [...strFromU8(files["xl/sharedStrings.xml"] ?? new Uint8Array()).matchAll(/<si>.*?<t[^>]*>(.*?)<\/t><\/si>/gs)]
    .map(([, text = ""]) => plain(text))

/** Reads a sheet without the code that writes sheets. Times are serial numbers. */
export const rowsOfSheet = (workbook: Uint8Array, sheet = 1): ReadonlyArray<{ readonly [column: string]: Cell }> => {
  const files = unzipSync(workbook)
  const shared = sharedIn(files)
  const xml = strFromU8(files[`xl/worksheets/sheet${sheet}.xml`] ?? new Uint8Array())
  return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, cells = ""]) =>
    Object.fromEntries(
      [...cells.matchAll(/<c r="([A-Z]+)\d+"([^>]*)>(.*?)<\/c>/gs)].map(
        ([, column = "", attributes = "", value = ""]) => {
          const text = value.replaceAll(/<[^>]*>/g, "")
          if (attributes.includes("t=\"inlineStr\"")) return [column, plain(text)]
          return [column, attributes.includes("t=\"s\"") ? shared[Number(text)] ?? "" : Number(text)]
        }
      )
    )
  )
}
