import { afterAll, assert, describe, it } from "@effect/vitest"
import { Schema, Struct } from "effect"
import { strFromU8, unzipSync } from "fflate"
import { contentTypes } from "../../../src/domain/DocumentFormat.ts"
import { SetFreezeSchedule } from "../../../src/domain/FreezeSchedule.ts"
import { View } from "../../../src/domain/Run.ts"
import { UpdateSubscription } from "../../../src/domain/Subscription.ts"
import { demoTables } from "../../../src/testing/demoTables.ts"
import { exportsOver } from "../../support/exports.ts"

const now = new Date("2026-11-20T12:00:00Z")
const tables = demoTables({ leads: 300, now })
const { ask, dispose, post } = exportsOver(tables, now)
afterAll(dispose)

const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" } as const
const bea = { organizationId: "org_demo", userId: "user_bea", role: "member" } as const

const read = async (person: typeof ana | typeof bea, path: string, language = "en") =>
  JSON.parse((await ask(person, path, { headers: { "accept-language": language } })).bytes.toString())

/** The texts of the first sheet and the footer. */
const aboutOf = (bytes: Uint8Array) => {
  const files = unzipSync(bytes)
  return ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"].map((path) => {
    const file = files[path]
    return file === undefined ? "" : strFromU8(file)
  }).join()
}

const widgets = [{ instanceId: "total", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 4, h: 3 }]

const reportWith = async (layout = widgets) => {
  const body = { title: "Leads", visibility: "organization", layout: { widgets: layout } }
  return String(JSON.parse((await post(ana, "/", body)).bytes.toString()).id)
}

const exported = async (path: string, view: object, type: "xlsx" | "svg", language = "en") => {
  const init = {
    method: "POST",
    body: JSON.stringify(view),
    headers: { accept: contentTypes[type], "accept-language": language }
  }
  const { bytes, status } = await ask(ana, path, init)
  assert.strictEqual(status, 200, bytes.toString().slice(0, 300))
  return type === "svg" ? bytes.toString() : aboutOf(bytes)
}

const hot = async () => {
  const { tags } = await read(ana, "/options")
  return tags[0]
}

describe("the view in files", () => {
  it.each([
    ["en", "Source: Portal", "Records of everyone"],
    ["es", "Origen: Portal", "Registros de todos"],
    ["de", "Quelle: Portal", "Datensätze von allen"]
  ])("the head of a file names the source that the view chooses, in %s", async (language, source, everyone) => {
    const report = await reportWith()
    const view = { everyone: true, filters: { source: ["portal"] } }
    const svg = await exported(`/${report}/run`, view, "svg", language)
    assert.include(svg, `${everyone}  ·  ${source}`)
    const xlsx = await exported(`/${report}/run`, view, "xlsx", language)
    assert.include(xlsx, source)
    assert.notInclude(xlsx, "source: portal")
  })

  it("a head names three people, and counts the others", async () => {
    const { people } = await read(ana, "/options")
    const chosen = people.slice(0, 5)
    const [one, two, three] = chosen.map(({ name }: { readonly name: string }) => name)
    const report = await reportWith()
    const head = (ids: ReadonlyArray<{ readonly id: string }>) =>
      exported(`/${report}/run`, { assigneeIds: ids.map(({ id }) => id) }, "svg")
    assert.include(await head(chosen), `Records of ${one}, ${two}, ${three} and 2 more`)
    assert.include(await head(chosen.slice(1, 2)), `Records of ${two}  ·`)
  })

  it("an XLSX file names tags instead of their ids, and leaves out filters that no card applies", async () => {
    const { id, name } = await hot()
    const report = await reportWith()
    const xlsx = await exported(
      `/${report}/run`,
      { everyone: true, filters: { tag: [id], leadType: ["buyer"] } },
      "xlsx"
    )
    assert.include(xlsx, `Tag: ${name}`)
    assert.notInclude(xlsx, id)
    assert.notInclude(xlsx, "Lead type: Buyer")
  })

  it("a shared snapshot names a tag and a person only to a reader whose options have them", async () => {
    const { people, tags: all } = await read(ana, "/options")
    const { people: ownPeople, tags: own } = await read(bea, "/options")
    const ids = new Set(own.map(({ id }: { readonly id: string }) => id))
    const tag = all.find(({ id }: { readonly id: string }) => !ids.has(id)) ??
      { id: "00000000-0000-4000-8000-000000000000", name: "No such tag" }
    const other = people.find(({ id }: { readonly id: string }) => id !== bea.userId)
    assert.deepStrictEqual(ownPeople.map(({ id }: { readonly id: string }) => id), [bea.userId])
    const report = await reportWith()
    const view = { assigneeIds: [other.id, bea.userId], filters: { tag: [tag.id] } }
    const { id } = JSON.parse((await post(ana, `/${report}/snapshots`, view)).bytes.toString())
    const share = { organization: true, includesOthersRows: true }
    const shared = await ask(ana, `/snapshots/${id}/share`, { method: "POST", body: JSON.stringify(share) })
    assert.strictEqual(shared.status, 200, shared.bytes.toString())
    const svgOf = async (person: typeof ana | typeof bea) =>
      (await ask(person, `/snapshots/${id}/export?format=svg`)).bytes.toString()
    const [forAna, forBea] = [await svgOf(ana), await svgOf(bea)]
    assert.include(forAna, other.name)
    assert.notInclude(forBea, other.name)
    assert.notInclude(forBea, tag.name)
    assert.include(forBea, "and 1 more  ·  Tag: 1 value")
  })
  it("the own records of a snapshot's creator are not called those of another reader", async () => {
    const { people } = await read(ana, "/options")
    const nameOf = ({ userId }: typeof ana | typeof bea) => people.find(({ id }: { id: string }) => id === userId).name
    const report = await reportWith()
    const frozen = async (person: typeof ana | typeof bea) =>
      String(JSON.parse((await post(person, `/${report}/snapshots`, {})).bytes.toString()).id)
    const [byAna, byBea] = [await frozen(ana), await frozen(bea)]
    const share = { organization: true, includesOthersRows: true }
    await ask(ana, `/snapshots/${byAna}/share`, { method: "POST", body: JSON.stringify(share) })
    const svgOf = async (person: typeof ana | typeof bea, id: string) =>
      (await ask(person, `/snapshots/${id}/export?format=svg`)).bytes.toString()
    assert.include(await svgOf(ana, byAna), "Own records")
    assert.include(await svgOf(bea, byBea), "Own records")
    assert.include(await svgOf(ana, byBea), `Records of ${nameOf(bea)}`)
    assert.include(await svgOf(bea, byAna), "Records of 1 person")
  })

  it("the file of a snapshot keeps the names that tags and people had, and only for those who manage it", async () => {
    const { people } = await read(ana, "/options")
    const { tags: own } = await read(bea, "/options")
    const [tag] = own
    const other = people.find(({ id }: { readonly id: string }) => id !== bea.userId)
    const report = await reportWith()
    const view = { assigneeIds: [other.id, bea.userId], filters: { tag: [tag.id.toUpperCase(), tag.id] } }
    const { id } = JSON.parse((await post(ana, `/${report}/snapshots`, view)).bytes.toString())
    const share = { organization: true, includesOthersRows: true }
    await ask(ana, `/snapshots/${id}/share`, { method: "POST", body: JSON.stringify(share) })
    const { members, tags } = tables
    const svgOf = async (person: typeof ana | typeof bea) =>
      (await ask(person, `/snapshots/${id}/export?format=svg`)).bytes.toString()
    const namesOf = async (person: typeof ana | typeof bea) => (await read(person, `/snapshots/${id}`)).names
    const rename = (archivedAt: number | null) =>
      Object.assign(tables, {
        tags: tags.map((one) => one.tagId === tag.id ? { ...one, name: "Renamed", archivedAt } : one),
        members: members.map((one) => one.userId === other.id ? { ...one, name: "Someone Else" } : one)
      })
    rename(null)
    const [forAna, forBea] = [await svgOf(ana), await svgOf(bea)]
    assert.include(forAna, `Tag: ${tag.name}`)
    assert.include(forAna, other.name)
    assert.notMatch(forAna, /Renamed|Someone Else/)
    assert.include(forBea, "Tag: Renamed")
    assert.notInclude(forBea, tag.name)
    rename(now.getTime() - 1)
    assert.include(await svgOf(ana), `Tag: ${tag.name}`)
    Object.assign(tables, { tags, members })
    const names = { people: [other, people.find((one: { readonly id: string }) => one.id === bea.userId)], tags: [tag] }
    const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name })
    assert.sameDeepMembers((await namesOf(ana)).people, names.people.map(named))
    assert.deepStrictEqual((await namesOf(ana)).tags, names.tags.map(named))
    assert.isUndefined(await namesOf(bea))
  })

  it("a freeze schedule and a subscription accept the view of a snapshot, with all properties of a view", async () => {
    const { id: tagId } = await hot()
    const report = await reportWith()
    const sent = {
      assigneeIds: [bea.userId],
      everyone: false,
      timeframe: { preset: "last_30d", bucket: "day" },
      filters: { tag: [tagId] },
      comparePrevious: true
    }
    const { id } = JSON.parse((await post(ana, `/${report}/snapshots`, sent)).bytes.toString())
    const { names, view } = await read(ana, `/snapshots/${id}`)
    assert.deepStrictEqual(names.tags.map((one: { readonly id: string }) => one.id), [tagId])
    assert.sameMembers(Object.keys(view), Struct.keys(View.fields))
    const schedule = Schema.decodeUnknownSync(SetFreezeSchedule)({ every: "day", at: "07:00", view })
    assert.deepStrictEqual(schedule.view, sent)
    assert.deepStrictEqual(Schema.decodeUnknownSync(UpdateSubscription)({ view }).view, sent)
  })
})
