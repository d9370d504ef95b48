import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Caller } from "../../../src/domain/Caller.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { ReportValidation } from "../../../src/services/access/ReportValidation.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { ReportVersions } from "../../../src/services/reports/ReportVersions.ts"
import { noTables } from "../../../src/testing/rows.ts"
import {
  admin,
  colleague,
  first,
  numbersOf,
  owner,
  refusal,
  stranger,
  versionRequests,
  widget
} from "../../support/versionRequests.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())

const { change, create, list, newest, read, restore } = versionRequests(() => app)

const unlimited = ReportVersions.layer.pipe(
  Layer.provide(ReportValidation.layer),
  Layer.provide([Catalog.layer, Organizations.layerMemory(noTables), Admission.unlimited]),
  Layer.provideMerge(ReportRepo.layerMemory)
)

describe("restoring a version", () => {
  it.effect("fails with 400 if the version has a metric that no longer exists, and says which only to those who may read it", () =>
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const versions = yield* ReportVersions
      const layout = { widgets: [widget("a", { metricId: "leads.removed" })] }
      const { id } = yield* reports.create(owner, { title: "Old", layout })
      yield* reports.update(owner, id, { layout: { widgets: [] } }, undefined)
      const refused = (who: Caller) =>
        Effect.match(versions.restore(who, id, 1, undefined), {
          onFailure: ({ _tag, message }) => [_tag, message],
          onSuccess: ({ title }) => ["restored", title]
        })
      const [told, untold] = [yield* refused(owner), yield* refused({ ...owner, scopes: ["reports:write"] })]
      assert.match(told.join(": "), /^InvalidRequest: layout\.widgets\[0\]\.metricId: .*leads\.removed/)
      assert.deepStrictEqual(untold, ["InvalidRequest", "The version is no longer valid."])
      assert.strictEqual((yield* reports.history(owner, id)).length, 2)
    }).pipe(Effect.provide(unlimited)))

  it("makes a new version with everything that the old one has", async () => {
    const id = await create({ ...first, description: "d", defaultTimeframe: { preset: "today" } })
    const old = (await read(id, 1)).json
    await change(id, { title: "x", description: null, layout: { widgets: [] }, defaultFilters: { source: "web" } })
    const restored = await restore(id, 1)
    assert.strictEqual(restored.status, 200)
    assert.strictEqual(restored.headers.get("etag"), "\"3.0\"")
    const { savedAt, savedBy, version, ...definition } = (await read(id, 3)).json
    const { savedAt: _at, savedBy: _by, version: _version, ...wanted } = old
    assert.deepStrictEqual([definition, savedBy, version], [wanted, "olga", 3])
    assert.deepInclude(restored.json, { title: "First", description: "d", updatedAt: savedAt })
    assert.deepStrictEqual(numbersOf(await list(id)), [3, 2, 1])
  })

  it("fails with 412 if the report has changed since the version that If-Match names", async () => {
    const id = await create()
    await change(id, { title: "Second" })
    const stale = await restore(id, 1, owner, { "if-match": "\"1.0\"" })
    assert.deepStrictEqual(refusal(stale), [412, "report_changed"])
    assert.deepStrictEqual(numbersOf(await list(id)), [2, 1])
    assert.strictEqual((await restore(id, 1, owner, { "if-match": "\"2.0\"" })).status, 200)
  })

  it("is for those who may change the report", async () => {
    const id = await create()
    assert.deepStrictEqual(refusal(await restore(id, 1, colleague)), [403, "report_not_yours"])
    assert.deepStrictEqual(refusal(await restore(id, 9, colleague)), [403, "report_not_yours"])
    assert.deepStrictEqual(refusal(await restore(id, 1, stranger)), [404, "report_not_found"])
    assert.strictEqual((await restore(id, 1, admin)).status, 200)
    assert.strictEqual((await newest(id)).savedBy, "ana")
  })

  it("by a member does not change the default people that an admin set", async () => {
    const defaultPeople = { everyone: true }
    const id = await create({ ...first, visibility: "organization" })
    await change(id, { defaultPeople }, admin)
    assert.strictEqual((await restore(id, 1)).status, 200)
    assert.deepStrictEqual((await app.call(admin, `GET /crm-reports/${id}`)).json["defaultPeople"], defaultPeople)
    assert.strictEqual((await restore(id, 1, admin)).status, 200)
    assert.isNull((await app.call(admin, `GET /crm-reports/${id}`)).json["defaultPeople"])
  })
})
