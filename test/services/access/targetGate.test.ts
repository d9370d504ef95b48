import { afterEach, assert, beforeEach, describe, it } from "@effect/vitest"
import { ana, both, everyone, openSales, own, person, runWidget, setTarget, wonValue } from "../../support/targets.ts"
import type { WebApp } from "../../support/WebApp.ts"

const bo = person("bo")

let app: WebApp
beforeEach(() => {
  app = openSales()
})
afterEach(() => app.close())

describe("the gate of targets", () => {
  const askedBy = async (change: (app: WebApp) => Promise<unknown>) => {
    const fresh = openSales()
    await setTarget(fresh, { for: "bo", values: { "2026-10": 2_000 } })
    await change(fresh)
    const requests = [{}, both, everyone, { assigneeIds: ["ana"] }]
    const runs = await Promise.all(requests.map(async (selection) => (await runWidget(fresh, bo, {}, selection)).text))
    const { text } = await fresh.call(bo, "GET /crm-reports/targets")
    await fresh.close()
    const target = /"createdAt":"[^"]+","updatedAt":"[^"]+"/g
    return [...runs, text.replaceAll(target, "").replaceAll(/"id":"[^"]+"/g, "")]
  }

  it("targets of others and of the organization change no byte of an answer to a member", async () => {
    const alone = await askedBy(async () => {})
    const among = await askedBy(async (fresh) => {
      const owners = ["ana", "cy", "ed", "organization"]
      await Promise.all(owners.flatMap((owner) => [
        setTarget(fresh, { for: owner, values: { "2026-10": 1 }, currency: "CHF" }),
        setTarget(fresh, { for: owner, period: "quarter", values: { "2026-Q4": 1 } })
      ]))
      await setTarget(fresh, { for: "zoe", values: { "2026-10": 7 } }, person("zoe", "admin", "other"))
      await setTarget(fresh, { for: "organization", values: { "2026-10": 7 } }, person("zoe", "admin", "other"))
    })
    assert.deepStrictEqual(among, alone)
    assert.include(alone[0], "\"value\":2000")
  })

  it("a member without a target gets the same bytes, whether others have one or not", async () => {
    const [before, list] = [await runWidget(app, bo, {}, everyone), await app.call(bo, "GET /crm-reports/targets")]
    await setTarget(app, { for: "ana", values: { "2026-10": 1_000 } })
    await setTarget(app, { for: "organization", values: { "2026-10": 1_000 } })
    assert.strictEqual((await runWidget(app, bo, {}, everyone)).text, before.text)
    assert.strictEqual((await app.call(bo, "GET /crm-reports/targets")).text, list.text)
  })

  it("targets of people outside the scope of an admin change no byte", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 1_000 } })
    const before = await runWidget(app, ana, {}, own)
    await setTarget(app, { for: "bo", values: { "2026-10": 1_000 } })
    await setTarget(app, { for: "organization", values: { "2026-10": 1_000 } })
    assert.strictEqual((await runWidget(app, ana, {}, own)).text, before.text)
  })

  it("a member learns nothing about the ids of people by creating targets", async () => {
    const codes = await Promise.all(["ana", "unknown"].map(async (owner) => {
      const body = { metricId: wonValue.metricId, for: owner, period: "month", values: { "2026-10": 1 } }
      return (await app.call(bo, "POST /crm-reports/targets", body)).json["code"]
    }))
    assert.deepStrictEqual(codes, ["admins_only", "admins_only"])
  })

  const overTime = async (others: ReadonlyArray<string>) => {
    const fresh = openSales()
    const metricId = "leads.total"
    const october = { values: { "2026-10": 4 } }
    await Promise.all(["bo", ...others].map((owner) => setTarget(fresh, { ...october, metricId, for: owner })))
    const widget = { ...wonValue, metricId, chart: "stat" }
    const { json } = await fresh.call(bo, "POST /crm-reports", { title: "Mine", layout: { widgets: [widget] } })
    const report = `/crm-reports/${String(json["id"])}`
    await fresh.call(bo, `POST ${report}/snapshots`, everyone)
    const { status, text } = await fresh.call(bo, `GET ${report}/history?instanceId=${widget.instanceId}`)
    await fresh.close()
    assert.strictEqual(status, 200, text)
    return text.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, "id")
  }

  it("targets of others and of the organization change no byte of a history that a member reads", async () => {
    const alone = await overTime([])
    assert.include(alone, "\"target\":{\"value\":4")
    assert.strictEqual(await overTime(["ana", "ed", "organization"]), alone)
  })
})
