import { strFromU8, unzipSync } from "fflate"
import { posix } from "node:path"
import { rowsOfSheet } from "./sheets.ts"

const entities: { readonly [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'" }

const plain = (xml: string) => xml.replaceAll(/&(\w+);/g, (_, name) => entities[String(name)] ?? "")

const between = (xml: string, name: string): ReadonlyArray<string> =>
  [...xml.matchAll(new RegExp(`<c:${name}(?: [^>]*)?>(.*?)</c:${name}>`, "gs"))].map(([, inside = ""]) => inside)

/** The cells that a chart refers to, and the values that it has of them. */
interface Reference {
  readonly sheet: string
  readonly cells: ReadonlyArray<string | number | undefined>
  readonly cached: ReadonlyArray<string | number | undefined>
}

export interface ReadChart {
  readonly kind: string
  readonly title: string
  readonly colors: ReadonlyArray<string>
  readonly labels: ReadonlyArray<Reference>
  readonly names: ReadonlyArray<Reference>
  readonly values: ReadonlyArray<Reference>
}

/** Reads the chart of a sheet by following its relations, without the code that writes charts. */
export const chartOfSheet = (workbook: Uint8Array, number: number): ReadChart | undefined => {
  const files = unzipSync(workbook)
  const textOf = (path: string) => strFromU8(files[path] ?? new Uint8Array())
  const related = (path: string, type: string): string | undefined => {
    const relations = textOf(`${posix.dirname(path)}/_rels/${posix.basename(path)}.rels`)
    const [, target] = new RegExp(`<Relationship [^>]*/${type}" Target="([^"]*)"`).exec(relations) ?? []
    return target === undefined ? undefined : posix.join(posix.dirname(path), target)
  }
  const names = [...textOf("xl/workbook.xml").matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name = ""]) =>
    plain(name)
  )
  const referenceIn = (xml: string): Reference => {
    const [formula = ""] = between(xml, "f").map(plain)
    const [, sheet = "", column = "", first, last] = /^'(.*)'!\$([A-Z]+)\$(\d+):\$\2\$(\d+)$/.exec(formula) ?? []
    const name = sheet.replaceAll("''", "'")
    const rows = rowsOfSheet(workbook, names.indexOf(name) + 1).slice(Number(first) - 1, Number(last))
    const isText = xml.includes("<c:strCache>")
    const [count = "0"] = [.../<c:ptCount val="(\d+)"/.exec(xml) ?? []].slice(1)
    const points = new Map(
      [...xml.matchAll(/<c:pt idx="(\d+)"><c:v>(.*?)<\/c:v>/gs)].map(([, at, value = ""]) =>
        [Number(at), isText ? plain(value) : Number(value)] as const
      )
    )
    return {
      sheet: name,
      cells: rows.map((row) => row[column]),
      cached: Array.from({ length: Number(count) }, (_, at) => points.get(at))
    }
  }
  const drawing = related(`xl/worksheets/sheet${number}.xml`, "drawing")
  const path = drawing === undefined ? undefined : related(drawing, "chart")
  if (path === undefined) return undefined
  const xml = textOf(path)
  const series = between(xml, "ser")
  return {
    kind: /<c:(\w+)Chart>/.exec(xml)?.[1] ?? "",
    title: plain(/<a:t>(.*?)<\/a:t>/s.exec(xml)?.[1] ?? ""),
    colors: series.flatMap((one) => [...one.matchAll(/srgbClr val="(\w+)"/g)].map(([, color = ""]) => color)),
    labels: series.flatMap((one) => between(one, "cat").map(referenceIn)),
    names: series.flatMap((one) => between(one, "tx").map(referenceIn)),
    values: series.flatMap((one) => between(one, "val").map(referenceIn))
  }
}
