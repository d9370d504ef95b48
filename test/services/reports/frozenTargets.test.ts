import { assert, it } from "@effect/vitest"
import { openSales, person, setTarget, wonValue } from "../../support/targets.ts"

const ana = person("ana", "admin")

it("a snapshot keeps the target that it was made with, whatever happens to the target", async () => {
  const app = openSales()
  const target = await setTarget(app, { for: "ana", values: { "2026-10": 6_200 } })
  const layout = { widgets: [wonValue] }
  const { json: report } = await app.call(ana, "POST /crm-reports", { title: "Targets", layout })
  const { json: frozen } = await app.call(ana, `POST /crm-reports/${String(report["id"])}/snapshots`, {})
  const read = `GET /crm-reports/snapshots/${String(frozen["id"])}`
  const before = await app.call(ana, read)
  assert.include(before.text, "\"attainedPct\":56.5,\"expectedByNow\":2000,\"projected\":10850")
  await app.call(ana, `PATCH /crm-reports/targets/${target}`, { values: { "2026-10": 1 }, currency: "CHF" })
  assert.strictEqual((await app.call(ana, read)).text, before.text)
  await app.call(ana, `DELETE /crm-reports/targets/${target}`)
  assert.strictEqual((await app.call(ana, read)).text, before.text)
  await app.close()
})
