import { assert, describe, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs"
import type { Document } from "../../src/documents/Document.ts"
import { pdf } from "../../src/documents/pdf.ts"
import { picture } from "../../src/documents/picture.ts"
import { compacted, flowed } from "../../src/presentation/grid.ts"
import { numberFormat } from "../../src/presentation/numberFormat.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { hostileCards, type Sized, stateCards } from "../gallery/edges.ts"
import { categorySeries } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"
import { english } from "../support/english.ts"

const title = "Report #read(\"/etc/passwd\") *bold* $x$"

const hash = "ca6d72b197e97aece73695c48caad6b13843575483a89be5fe4046bc7ecaf447"

const documentOf = (cards: ReadonlyArray<Sized>) =>
  documentWith(compacted(cards.map((one, index) => ({ ...one, x: 0, y: 0, ...flowed(cards)[index] }))), {
    title,
    description: "#import \"evil.typ\"",
    timeZone: "Europe/Madrid",
    contentHash: hash
  })

const document = documentOf([...hostileCards, ...stateCards])

const bytesOf = async (of: Document) => {
  const bytes = await pdf(of)
  assert.isDefined(bytes)
  return bytes
}

const opened = async (of: Document): Promise<PDFDocumentProxy> =>
  getDocument({ data: new Uint8Array(await bytesOf(of)), useSystemFonts: false }).promise

/** `getMarkInfo` returns a Map, although its type says object. */
const isTagged = async (file: PDFDocumentProxy) => {
  const info: unknown = await file.getMarkInfo()
  return info instanceof Map && info.get("Marked") === true
}

const pagesOf = (file: PDFDocumentProxy) =>
  Promise.all(Array.from({ length: file.numPages }, (_, index) => file.getPage(index + 1)))

const textOf = async (file: PDFDocumentProxy) => {
  const contents = await Promise.all((await pagesOf(file)).map((page) => page.getTextContent()))
  return contents.map(({ items }) => items.map((item) => "str" in item ? item.str : "").join(" "))
}

type Node = Awaited<ReturnType<Awaited<ReturnType<PDFDocumentProxy["getPage"]>>["getStructTree"]>>

interface Described {
  readonly role: string
  readonly alt: string
}

const nodesOf = (node: Node | Node["children"][number]): ReadonlyArray<Described> =>
  "children" in node
    ? [{ role: node.role, alt: "alt" in node ? String(node.alt) : "" }, ...node.children.flatMap(nodesOf)]
    : []

/** Returns the roles of the cells in a table row, such as `TH`. */
const cellsOf = (row: Node | Node["children"][number]) => new Set(nodesOf(row).map(({ role }) => role).slice(1))

const tablesIn = (node: Node | Node["children"][number]): ReadonlyArray<Node> => {
  if (!("children" in node)) return []
  return node.role === "Table" ? [node] : node.children.flatMap(tablesIn)
}

describe("a PDF file", () => {
  it("each table in a PDF file has header cells only in its first row", async () => {
    const pages = await pagesOf(await opened(document))
    const trees = await Promise.all(pages.map((page) => page.getStructTree()))
    const tables = trees.flatMap(tablesIn)
    assert.isNotEmpty(tables)
    const whole = tables.filter((table) => nodesOf(table).some(({ role }) => role === "TH"))
    assert.isNotEmpty(whole)
    for (const table of whole) {
      const rows = table.children.flatMap((part) => "children" in part && part.role !== "TR" ? part.children : [part])
      const [head, ...others] = rows.map(cellsOf)
      assert.isTrue(head?.has("TH") === true && !head.has("TD"))
      for (const cells of others) assert.isFalse(cells.has("TH"))
    }
  })

  it("a PDF file has first the cards in the order of the layout, then their tables in the same order", async () => {
    const names = ["Alpha", "Bravo", "Charlie", "Delta"]
    const cards = names.flatMap((name, index) => {
      const one = stateCards[index]
      return one === undefined ? [] : [{ ...one, title: name }]
    })
    const text = (await textOf(await opened(documentOf(cards)))).join(" ")
    const read = [...text.matchAll(/Alpha|Bravo|Charlie|Delta/g)].map(([name]) => name)
    assert.deepStrictEqual(read, [...names, ...names])
  })

  it("a PDF file has tags for headings and tables, and an alternative text for each picture", async () => {
    const file = await opened(document)
    assert.isTrue(await isTagged(file))
    const trees = await Promise.all((await pagesOf(file)).map((page) => page.getStructTree()))
    const nodes = trees.flatMap(nodesOf)
    const roles = new Set(nodes.map(({ role }) => role))
    for (const role of ["H1", "H2", "Table", "TR", "TH", "TD", "Figure"]) assert.isTrue(roles.has(role), role)
    const figures = nodes.filter(({ role }) => role === "Figure")
    assert.lengthOf(figures, document.cards.length)
    assert.isTrue(figures.every(({ alt }) => alt.includes("appendix")))
  })

  it("the metadata of a PDF file contain PDF/UA-1, the title and the language", async () => {
    const bytes = (await bytesOf(document)).toString("latin1")
    assert.match(bytes, /pdfuaid:part>1</)
    assert.match(bytes, /\/Lang \(en\)/)
    const { info } = await (await opened(document)).getMetadata()
    assert.strictEqual("Title" in info ? info.Title : "", title)
  })

  it.each([["de-AT", "de"], ["fil", "fil"], ["zzzzz", "und"], ["und", "und"]])(
    "a PDF file with the locale %s names the language %s",
    async (locale, language) => {
      const bytes = await bytesOf({ ...documentOf([]), locale })
      assert.include(bytes.toString("latin1"), `/Lang (${language})`)
    }
  )

  it("each page of a PDF file has title, scope, window and page number", async () => {
    const pages = await textOf(await opened(document))
    for (const page of pages) {
      const plain = page.replaceAll(/\s+/g, " ")
      assert.include(plain, "#read(\"/etc/passwd\") *bold*")
      assert.include(plain, "Records of 10 people")
      assert.include(plain, "Dec 1, 2025 – Nov 30, 2026")
      assert.match(plain, new RegExp(`\\d+ / ${pages.length}`))
    }
    assert.include(pages.join(" ").replaceAll(/\s+/g, ""), hash)
  })

  it("Typst code in the title of a report is not executed", async () => {
    assert.notInclude((await textOf(await opened(document))).join(" "), "root:")
  })

  it("a PDF file contains every number of its series as text", async () => {
    const text = (await textOf(await opened(document))).join(" ").replaceAll(/\s+/g, "")
    for (const { series } of document.cards) {
      const { columns, rows } = tableOf(series, english)
      const format = numberFormat(series.meta, english)
      const values = rows.flatMap((row) => row.filter((_, index) => columns[index]?.kind === "value"))
      for (const value of values) {
        if (typeof value === "number") assert.include(text, format.full(value).replaceAll(/\s+/g, ""))
      }
    }
  })

  it("a PDF file is made although its fonts lack some letters", async () => {
    const strange = categorySeries(["売上", "～"], (at) => at + 1)
    const file = await opened(
      documentOf([{
        title: "売上",
        metricId: "m",
        description: "",
        chart: "bar",
        series: strange,
        details: {},
        w: 6,
        h: 4
      }])
    )
    assert.isTrue(await isTagged(file))
  })

  it("no PDF file is made if the Typst package is not installed", async () => {
    const hooks = `import { registerHooks } from "node:module"; registerHooks({ resolve(name, context, next) {
      if (name.startsWith("@myriaddreamin/")) throw new Error("not installed")
      return next(name, context)
    } })`
    const program = `const { pdf } = await import(${
      JSON.stringify(join(import.meta.dirname, "../../src/documents/pdf.ts"))
    });
      console.log(String(await pdf(JSON.parse(process.argv[1]))))`
    const args = ["--import", `data:text/javascript,${encodeURIComponent(hooks)}`, "--input-type=module", "-e", program]
    const { stdout } = await promisify(execFile)(process.execPath, [...args, JSON.stringify(documentOf([]))])
    assert.strictEqual(stdout.trim(), "undefined")
  })
})

describe("a picture", () => {
  it("a picture has no character that XML forbids", () => {
    assert.notMatch(picture(document).markup, /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/u)
  })
})
