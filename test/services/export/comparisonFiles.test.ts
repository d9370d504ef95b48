import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { comparisonFormats, contentTypes, type DocumentFormat } from "../../../src/domain/DocumentFormat.ts"
import { lead, member, noTables } from "../../../src/testing/rows.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import { exportsOver } from "../../support/exports.ts"
import { now } from "../../support/randomTables.ts"

const { ask, dispose, post } = exportsOver({
  ...noTables,
  members: ["owner", "stranger"].map((id) => member(id, id)),
  leads: [lead("a", "2024-05-02", { ownerId: "owner" }), lead("b", "2024-05-03", { ownerId: "stranger" })]
}, new Date("2024-05-17T09:30:00Z"))
afterAll(dispose)

const owner = { organizationId: "org", userId: "owner", role: "member" } as const
const stranger = { ...owner, userId: "stranger" }
const admin = { ...owner, role: "admin" } as const

const idOf = ({ bytes }: { readonly bytes: Buffer }) => String(JSON.parse(bytes.toString()).id)

const widget = { instanceId: "1", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 4, h: 4 }
const ids = { own: "", later: "", theirs: "", all: "" }
beforeAll(async () => {
  const layout = { widgets: [widget, { ...widget, instanceId: "2", metricId: "leads.by_status", chart: "bar" }] }
  const report = idOf(await post(owner, "", { title: "Shared", layout, visibility: "organization" }))
  ids.own = idOf(await post(owner, `/${report}/snapshots`, {}))
  ids.later = idOf(await post(owner, `/${report}/snapshots`, { timeframe: { preset: "last_year", bucket: "month" } }))
  ids.theirs = idOf(await post(stranger, `/${report}/snapshots`, {}))
  ids.all = idOf(await post(admin, `/${report}/snapshots`, { everyone: true }))
})

const fileOf = (
  person: typeof owner | typeof admin,
  id: string,
  other: string,
  format: DocumentFormat,
  locale = "en"
) =>
  ask(person, `/snapshots/${id}/compare?with=${other}`, {
    headers: { accept: contentTypes[format], "accept-language": locale }
  })

const linesOf = async (...asked: readonly [id: string, other: string, locale?: string]) => {
  const { bytes, status } = await fileOf(admin, asked[0], asked[1], "csv", asked[2])
  assert.strictEqual(status, 200)
  const lines: ReadonlyArray<Readonly<Record<string, string>>> = parse(bytes, { bom: true, columns: true })
  return lines
}

describe("the file of a comparison", () => {
  it("has no differences between a snapshot and itself, and negated ones if the sides are swapped", async () => {
    for (const { difference } of await linesOf(ids.own, ids.own)) assert.strictEqual(difference, "0")
    const [there, back] = [await linesOf(ids.own, ids.later), await linesOf(ids.later, ids.own)]
    const differences = (found: typeof there, sign: number) =>
      found.map(({ difference }) => sign * Number(difference)).toSorted()
    assert.include(differences(there, 1), -1)
    assert.deepStrictEqual(differences(there, 1), differences(back, -1).map((one) => one || 0))
  })

  it("a widget that only the other side has keeps its title", async () => {
    const layout = { widgets: [{ ...widget, instanceId: "3", title: "Mine" }] }
    const report = idOf(await post(owner, "", { title: "Other", layout, visibility: "organization" }))
    const other = idOf(await post(owner, `/${report}/snapshots`, {}))
    const found = (await linesOf(ids.own, other)).filter((line) => line["widget"] === "3")
    assert.deepStrictEqual(found.map((line) => line["title"]), ["Mine"])
  })

  it("says in the language of the reader why a widget is not compared", async () => {
    const [line] = await linesOf(ids.own, ids.all, "es")
    assert.match(String(line?.["note"]), /personas/)
  })

  it.each(comparisonFormats)("is a %s file with a name, and JSON if another file is asked for", async (format) => {
    const { bytes, headers, status } = await fileOf(owner, ids.own, "live", format)
    assert.deepStrictEqual([status, headers.get("content-type")?.split(";")[0]], [200, contentTypes[format]])
    assert.match(String(headers.get("content-disposition")), new RegExp(`filename="Shared 2024-05-17.${format}"`))
    assert.isAbove(bytes.length, 100)
    const picture = await fileOf(owner, ids.own, "live", "png")
    assert.strictEqual(picture.headers.get("content-type"), "application/json")
  })

  it.each(comparisonFormats)(
    "in %s, a member cannot compare a snapshot of somebody else, nor with one",
    async (format) => {
      const asked = [[ids.theirs, ids.own], [ids.own, ids.theirs], [ids.all, "live"]] as const
      for (const [id, other] of asked) {
        // oxlint-disable-next-line no-await-in-loop
        const { bytes, status } = await fileOf(owner, id, other, format)
        assert.strictEqual(status, 404)
        assert.strictEqual(JSON.parse(bytes.toString()).code, "snapshot_not_found")
      }
      const foreign = { ...admin, organizationId: "other" } as const
      assert.strictEqual(
        (await ask(foreign, `/snapshots/${ids.own}/compare?with=live`, {
          headers: { accept: contentTypes[format] }
        })).status,
        404
      )
    }
  )

  it.each(gateCases)("rows outside the scope change no byte of the CSV file of the $caller.role", async (question) => {
    const { widgets, ...selection } = yearOf(question, 9)
    const { caller } = question
    const files = [question.tables, question.visible, question.among].map(async (tables) => {
      const app = exportsOver(tables, new Date(now))
      const placed = widgets.map((one, y) => ({ ...one, x: 0, y, w: 6, h: 4 }))
      const report = idOf(await app.post(caller, "", { title: "Gate", layout: { widgets: placed } }))
      const id = idOf(await app.post(caller, `/${report}/snapshots`, selection))
      const { bytes } = await app.ask(caller, `/snapshots/${id}/compare?with=live`, {
        headers: { accept: contentTypes.csv }
      })
      await app.dispose()
      return bytes.toString()
    })
    const [found, alone, among] = await Promise.all(files)
    assert.isAbove(found?.split("\n").length ?? 0, 20)
    assert.strictEqual(alone, found)
    assert.strictEqual(among, found)
  })
})
