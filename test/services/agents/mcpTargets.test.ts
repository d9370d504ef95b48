import { assert, it } from "@effect/vitest"
import { openMcpApp } from "../../support/McpApp.ts"
import { person, sales, tenthDay, wonValue } from "../../support/targets.ts"

it("an agent asks for the target of a number and gets it in columns, or a note why there is none", async () => {
  const app = openMcpApp({ tables: sales, now: tenthDay, roleOf: () => "admin" })
  const [ana, bo] = [person("ana", "admin"), person("bo")]
  const metricId = "deals.won_over_time"
  const targetOf = (owner: string, value: number) =>
    app.post(ana, "/targets", { metricId, for: owner, period: "month", values: { "2026-10": value } })
  await Promise.all([targetOf("bo", 4), targetOf("ana", 9)])
  const client = await app.as(bo)
  const { tools } = await client.listTools()
  const run = tools.find(({ name }) => name === "run_metrics")
  assert.include(JSON.stringify(run?.inputSchema), "True: the number is compared with its target")
  assert.include(run?.description ?? "", "`target: true`")
  const ask = async (widget: object) =>
    JSON.stringify((await app.call(client, "run_metrics", { widgets: [{ ...wonValue, ...widget }] })).json)
  const found = await ask({ metricId, timeframe: { preset: "this_month", bucket: "month" } })
  assert.include(found, "\"columns\":[\"Date\",\"Deals won\",\"Target, cumulative\",\"Partial\"]")
  assert.include(found, "\"rows\":[[\"2026-10-01\",2,4,true]]")
  assert.include(await ask({}), "No target is set for this timeframe")
  const grouped = await ask({ groupBy: "assignee" })
  assert.include(grouped, "No target: A target needs a number, an ungrouped timeseries or a ranking by person")
  await app.close()
})
