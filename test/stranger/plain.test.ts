import { demoTables, signTestToken, testHandler } from "crm-reports/testing"
import { afterAll, expect, it } from "vitest"

const { dispose, handler } = testHandler({ tables: demoTables() })
afterAll(dispose)

const ask = (headers: Record<string, string>) =>
  handler(new Request("http://crm-reports.test/crm-reports/catalog", { headers }))

it("a plain Request with a test token gets 200 from the service in memory", async () => {
  const token = signTestToken({ organizationId: "org_demo", userId: "user_ana", role: "admin" })
  const response = await ask({ authorization: `Bearer ${token}` })
  expect(response.status).toBe(200)
  expect(await response.json()).toHaveProperty("metrics.0.id", "leads.created_over_time")
})

it("a Request without a valid token gets 401 from the service in memory", async () => {
  expect((await ask({})).status).toBe(401)
  expect((await ask({ authorization: "Bearer a.b.c" })).status).toBe(401)
})
