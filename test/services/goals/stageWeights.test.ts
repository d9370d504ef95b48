import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { noTables } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const admin = caller("admin", "ana")
const path = "/crm-reports/settings/stage-weights"

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())

describe("stage weights", () => {
  it("a member reads the weights that an admin has set", async () => {
    const weights = { qualified: 10, offer: 60.25 }
    assert.deepStrictEqual((await app.call(admin, `PUT ${path}`, weights)).json, weights)
    assert.deepStrictEqual((await app.call(caller("member", "bo"), `GET ${path}`)).json, weights)
  })

  it.each<[unknown, string]>([
    [{ offer: 100.5 }, "offer"],
    [{ offer: -1 }, "offer"],
    [{ offer: 1.005 }, "offer"],
    [{ offer: "60" }, "offer"],
    [{ offer: null }, "offer"],
    [{ "": 1 }, ""],
    [{ "~none": 1 }, "~none"],
    [{ ["x".repeat(65)]: 1 }, "x".repeat(65)],
    [[60], ""],
    ["60", ""]
  ])("the weights %j are refused", async (weights, name) => {
    const { json, status } = await app.call(admin, `PUT ${path}`, weights)
    assert.strictEqual(status, 400)
    assert.include(JSON.stringify(json["issues"]), name)
  })

  it("a stage with the name __proto__ is refused", async () => {
    const { status } = await app.call(admin, `PUT ${path}`, "{\"__proto__\": 1}")
    assert.strictEqual(status, 400)
  })

  it("more than 100 stages are refused", async () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`stage ${index}`, 1]))
    assert.strictEqual((await app.call(admin, `PUT ${path}`, many)).status, 400)
  })
})
