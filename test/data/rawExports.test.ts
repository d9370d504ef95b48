import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Result, Stream } from "effect"
import { guess } from "../../src/data/import/mapping/guess.ts"
import type { Read } from "../../src/data/import/mapping/Mapping.ts"
import { numberReader } from "../../src/data/import/mapping/numbers.ts"
import { rawFilesIn, rawRowsOf } from "../../src/data/import/mapping/rawFiles.ts"
import { type Files, folderOf } from "../support/csv.ts"

const rowsIn = Effect.fnUntraced(function*(files: Files, columns: ReadonlyArray<string>, read: Read = {}) {
  const found = yield* rawFilesIn(yield* folderOf(files), undefined, read)
  const rows = yield* Effect.forEach(found, (file) => Stream.runCollect(rawRowsOf(file, read)))
  return rows.flat().map(({ get }) => columns.map(get))
})

const faultIn = (files: Files) =>
  Effect.match(rowsIn(files, ["Id"]), {
    onFailure: ({ place, reason }) => `${place}: ${reason}`,
    onSuccess: () => "no fault"
  })

layer(NodeServices.layer, { excludeTestServices: true })("raw exports", (it) => {
  it.effect("a row with too few values is refused, and empty values after the last column have no meaning", () =>
    Effect.gen(function*() {
      const cut = yield* faultIn({ "deals.csv": ["Id,Name,Price", "1,\"A\nb\",5", "2,B"] })
      assert.match(cut, /deals\.csv:4: 2 values for 3 columns$/)
      const more = yield* faultIn({ "deals.csv": ["Id,Price", "1,5,,x"] })
      assert.match(more, /deals\.csv:2: 4 values for 2 columns$/)
      const rows = yield* rowsIn({ "deals.csv": ["Id,Price,,", "1,5", "2,6,note,,,"] }, ["Id", "Price"])
      assert.deepStrictEqual(rows, [["1", "5"], ["2", "6"]])
    }))

  it.effect("a guess reads files that are no tables", () =>
    Effect.gen(function*() {
      const notes = ["Exported by,Ana,2024-01-01", "Rows"]
      const deals = "Deal ID;Amount\n1;5\n"
      const mapping = yield* guess([yield* folderOf({ "about.csv": notes, "deals.csv": deals })], undefined)
      assert.deepStrictEqual(mapping?.tables.map(({ files }) => files), [["deals.csv"]])
    }))

  it.effect("the encoding of a mapping counts for a file with quoted values between semicolons", () =>
    Effect.gen(function*() {
      // Before the first value that is not UTF-8, there are more bytes than are read at once.
      const plain = Array.from({ length: 10_000 }, (_, index) => `${index};"A";1`)
      const lines = ["Id;Name;Price", ...plain, "10000;\"José\";2", ""]
      const files = { "deals.csv": Buffer.from(lines.join("\n"), "latin1") }
      const read = { encoding: "windows-1252" }
      assert.deepStrictEqual((yield* rowsIn(files, ["Name"], read)).at(-1), ["José"])
      const utf8 = { "deals.csv": lines.join("\n") }
      assert.deepStrictEqual((yield* rowsIn(utf8, ["Name"], read)).at(-1), ["José"])
    }))

  it.effect("the named encoding counts for user-ids.csv unless that file is UTF-8", () =>
    Effect.gen(function*() {
      const text = "user_id,name\nuser_j,José\n"
      const encodingOf = (files: Files) =>
        Effect.flatMap(folderOf(files), (folder) =>
          Effect.map(rawFilesIn(folder, "windows-1252"), (found) => found.map(({ encoding }) => encoding)))
      const encodings = yield* Effect.forEach([Buffer.from(text, "latin1"), Buffer.from(text)], (bytes) =>
        encodingOf({ "deals.csv": "Id\n1\n", "user-ids.csv": bytes }))
      assert.deepStrictEqual(encodings, [["windows-1252", "windows-1252"], ["windows-1252", "utf-8"]])
    }))

  it("a number has digits, and may have a sign, a currency, and a percent sign", () => {
    const point = (text: string) => Result.getOrElse(numberReader(".")(text, 2), () => undefined)?.text
    const comma = (text: string) => Result.getOrElse(numberReader(",")(text, 2), () => undefined)?.text
    const amounts = ["$1,200.5", "US$ 1200.50", "-$1200.50", "$-1200.50", "\u22121200.5", "CHF 1'200.50", "Fr. 1200.50"]
    assert.deepStrictEqual(amounts.map(point), [
      "1200.50",
      "1200.50",
      "-1200.50",
      "-1200.50",
      "-1200.50",
      "1200.50",
      "1200.50"
    ])
    assert.deepStrictEqual(
      ["1.234,50 €", "R$ 1.234,50", "50 kr.", "50 kr", "1 234,50 zł", "-7 Kč", "12,5 %", "EUR 3"].map(comma),
      ["1234.50", "1234.50", "50.00", "50.00", "1234.50", "-7.00", "12.50", "3.00"]
    )
    const words = ["R 5", "RM 5", "Rp. 5", "S/ 5", "Bs 5", "RD$ 5", "U$S 5", "eur 5", "5 TL", "5 Euro", "+5"]
    assert.deepStrictEqual(words.map(point), words.map(() => "5.00"))
    const others = [
      "50K",
      "50 k",
      "$1.2M",
      "2 MIO",
      "3bn",
      "(500.00)",
      "500-",
      "500.00-",
      "-$-5",
      "$M5",
      "5 to 6",
      "#5",
      "$.5",
      "Q1 5"
    ]
    assert.deepStrictEqual(others.map(point), others.map(() => undefined))
    assert.strictEqual(comma("1.234,50-"), undefined)
    const refused = Result.getOrElse(Result.flip(numberReader(".")("50K", 2)), () => "")
    assert.match(
      refused,
      /^is not a number with the decimal sign "\.".*only a sign before them, a currency, and % are read/
    )
  })
})
