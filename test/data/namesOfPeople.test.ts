import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { importMapped } from "../../src/data/import/mapping/importMapped.ts"
import { mappingOf } from "../../src/data/import/mapping/loadMapping.ts"
import { People, type UserId } from "../../src/data/import/mapping/People.ts"
import { type Files, folderOf } from "../support/csv.ts"
import { postgresTest } from "../support/Postgres.ts"

const lead = "Id,IsDeleted,LeadSource,Status,OwnerId,IsConverted,CreatedDate"
const leads = {
  "Lead.csv": [lead, ...["005A", "005B", "005C"].map((id) => `L${id},0,Web,Qualified,${id},0,2024-01-01 10:00:00`)]
}
const users = {
  "User.csv": [
    "Id,FirstName,LastName,Email,UserType",
    "005A,Ana,Ruiz,ana@example.com,Standard",
    "005B,Bo,Lund,bo@example.com,Standard"
  ]
}
const userIds = { "user-ids.csv": ["user_id,email,crm_id", "user_ana,ana@example.com,005A", "user_cy,,005C"] }

const imported = Effect.fnUntraced(function*(files: Files) {
  const organization = { organization_id: "org_n", time_zone: "Europe/Madrid", currency: "EUR" }
  yield* importMapped([yield* folderOf(files)], yield* mappingOf({ preset: "salesforce" }), { organization })
  const sql = yield* SqlClient.SqlClient
  const people = yield* sql`SELECT user_id, name FROM crm.members WHERE organization_id = 'org_n' ORDER BY user_id`
  return people.map((row) => `${row["user_id"]}: ${row["name"]}`)
})

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("names of people", (it) => {
  it.effect("a name comes from the export, and a stored name is not replaced by an e-mail or an id", () =>
    Effect.gen(function*() {
      const first = ["crm:bo@example.com: Bo Lund", "user_ana: Ana Ruiz", "user_cy: user_cy"]
      assert.deepStrictEqual(yield* imported({ ...leads, ...users, ...userIds }), first)
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE crm.members SET name = 'Cy Ek' WHERE organization_id = 'org_n' AND user_id = 'user_cy'`
      // The export has no names this time.
      const mails = {
        "User.csv": ["Id,Email,UserType", "005A,ana@example.com,Standard", "005B,bo@example.com,Standard"]
      }
      assert.deepStrictEqual(yield* imported({ ...leads, ...mails, ...userIds }), [
        ...first.slice(0, 2),
        "user_cy: Cy Ek"
      ])
      // A name of user-ids.csv counts before the name of the export.
      const named = { "user-ids.csv": ["user_id,name,crm_id", "user_ana,Ana R.,005A", "user_cy,,005C"] }
      assert.deepStrictEqual(yield* imported({ ...leads, ...users, ...named }), [
        "crm:bo@example.com: Bo Lund",
        "user_ana: Ana R.",
        "user_cy: Cy Ek"
      ])
    }))
})

const userId = (line: Partial<UserId>): UserId => ({ userId: "", email: "", name: "", crmId: "", ...line })

const peopleOf = (
  described: { readonly [id: string]: readonly [email: string, name: string] },
  ...userIds: ReadonlyArray<UserId>
) => new People(userIds, new Map(Object.entries(described).map(([id, [email, name]]) => [id, { email, name }])))

it("a name that two people of an export have gives neither of them the user id of that name", () => {
  const js1 = userId({ userId: "user_js1", email: "js1@x.com", name: "John Smith" })
  const people = peopleOf({ "005A": ["js1@x.com", "John Smith"], "005B": ["js2@x.com", "john smith"] }, js1)
  const ids = ["005A", "005B", "John Smith"].map((said) => people.idOf(said))
  assert.deepStrictEqual(ids, ["user_js1", "crm:js2@x.com", "crm:john smith"])
  assert.include(
    people.warnings,
    "1 value names js2@x.com, who is not in user-ids.csv and gets the id crm:js2@x.com"
  )
  const withoutMail = peopleOf({ a: ["", "John Smith"], b: ["js2@x.com", "John Smith"] }, js1)
  assert.deepStrictEqual(["a", "b"].map((said) => withoutMail.idOf(said)), ["crm:a", "crm:js2@x.com"])
})

it("two accounts with one e-mail are one person, whose name finds the user id", () => {
  const ana = userId({ userId: "user_ana", name: "Ana Ruiz" })
  const people = peopleOf({ a: ["ana@x.com", "Ana Ruiz"], b: ["Ana@x.com", "Ana Ruiz"] }, ana)
  assert.deepStrictEqual(["a", "b", "Ana Ruiz"].map((said) => people.idOf(said)), ["user_ana", "user_ana", "user_ana"])
})

it("a second line of a person in user-ids.csv without a name keeps the name of the first line", () => {
  const lines = [
    userId({ userId: "user_ana", email: "ana@x.com", name: "Ana Ruiz" }),
    userId({ userId: "user_ana", email: "ruiz@x.com" })
  ]
  assert.deepStrictEqual(peopleOf({}, ...lines).named, [["user_ana", "Ana Ruiz"]])
  assert.deepStrictEqual(peopleOf({}, ...lines.toReversed()).named, [["user_ana", "Ana Ruiz"]])
})

it("a person without a name is called by the first e-mail in user-ids.csv, in whichever line", () => {
  const lines = [
    userId({ userId: "u1", crmId: "123" }),
    userId({ userId: "u1", email: "ana@x.com" }),
    userId({ userId: "u1", email: "ruiz@x.com" }),
    userId({ userId: "u1", crmId: "124" })
  ]
  assert.deepStrictEqual(peopleOf({}, ...lines).unnamed, [["u1", "ana@x.com"]])
  assert.deepStrictEqual(peopleOf({}, ...lines.slice(0, 1)).unnamed, [["u1", "u1"]])
})
