import { assert, describe, expect, it } from "@effect/vitest"
import { readdirSync } from "node:fs"
import { resolve } from "node:path"
import type { SqlValue } from "../../../src/query/sql/Statement.ts"
import { type Asked, everyForm, formsOf, ids, shapes, statementOf, viewsOf } from "../../proof/statements.ts"
import { clausesOf } from "../../support/clauses.ts"

const shown = (param: SqlValue | number): string => {
  if (typeof param === "string") return `'${param}'`
  if (typeof param === "number") return String(param)
  return param instanceof Date ? param.toISOString() : `{${[...param].map(shown).join(", ")}}`
}

const written = (asked: Asked): string => {
  const { params, text } = statementOf(asked)
  const grouping = asked.groupBy === undefined ? "" : ` by ${asked.groupBy}`
  return [
    `-- ${asked.id}${grouping}, ${asked.userIds.length} in scope, ${asked.timeframe.preset} in Europe/Madrid, on 2024-05-17 at 09:30 UTC`,
    ...params.map((param, index) => `-- $${index + 1}: ${shown(param)}`),
    `${text};`,
    ""
  ].join("\n")
}

const folder = resolve(import.meta.dirname, "../../golden/sql")

describe("SQL", () => {
  it.each(shapes)("the SQL of %s equals its golden file", async (id) => {
    await expect(formsOf(id).map(written).join("\n")).toMatchFileSnapshot(`../../golden/sql/${id}.sql`)
  })
  it("the golden files have every clause that the compiler writes for any metric", () => {
    const golden = new Set(shapes.flatMap(formsOf).flatMap((asked) => clausesOf(statementOf(asked).text)))
    const others = everyForm.flatMap((asked) => clausesOf(statementOf(asked).text)).filter((one) => !golden.has(one))
    assert.deepStrictEqual([...new Set(others)], [])
  })
  it("each golden file belongs to a shape", () => {
    assert.deepStrictEqual(readdirSync(folder).toSorted(), shapes.map((id) => `${id}.sql`).toSorted())
  })
  it("every statement has a row filter on each population that it reads", () => {
    const owned = /r\.owner_id = (?:ANY \(\$2::text\[\]\)|\$2::text)/
    const assigned = /r\.assignee_ids && \$2::text\[\]|\$2::text = ANY \(r\.assignee_ids\)/
    /** Matches SQL that reads rows by ids from a subquery. The subquery has the row filter. */
    const ofGated = /r\.(\w+) = ANY \(ARRAY\(\n(?:SELECT c\.\1 FROM .* AS o CROSS JOIN LATERAL \(\n)?SELECT r\.\1\s*$/
    /** Matches SQL that reads rows person by person. */
    const inTurn = /unnest\(\$2::text\[\]\) AS o\(id\) CROSS JOIN LATERAL \(\nSELECT .*\n$/
    /** Matches SQL that returns a row once per assignee in scope. */
    const byAssignee =
      /r\.assignee_ids <> '\{\}'\n\) r CROSS JOIN LATERAL \(SELECT DISTINCT id FROM unnest\(r\.assignee_ids\) AS id\nWHERE id = ANY \(\$2::text\[\]\) AND/
    const ownedInTurn = /\bAND r\.owner_id = o\.id\n/
    /** Matches a query that finds the next owner id. */
    const ownersOnly =
      /^FROM crm\.\w+ r WHERE r\.organization_id = \$1 AND r\.assignee_ids <> '\{\}'(?: AND r\.owner_id > o\.id)? ORDER BY 1 LIMIT 1\)/
    for (const asked of everyForm) {
      const { params, text } = statementOf(asked)
      const parts = text.split(/(?=(?:FROM|JOIN) crm\.\w+ (?!l\b))/)
      const reads = parts.map((read, index) => ({ read, before: parts[index - 1] ?? "" })).filter(({ read }) =>
        /^(?:FROM|JOIN) crm\.(leads|deals|tasks|calls|emails) r\b/.test(read)
      )
      assert.isAbove(reads.length, 0, text)
      for (const { before, read } of reads) {
        const isGated = owned.test(read) || assigned.test(read) || ofGated.test(read) || ownersOnly.test(read) ||
          byAssignee.test(read) || (inTurn.test(before) && ownedInTurn.test(read))
        assert.isTrue(isGated, text)
      }
      assert.deepStrictEqual(params[1], asked.userIds.length === 1 ? asked.userIds[0] : [...asked.userIds])
    }
  })
  it("a statement sees a lead behind a row only if somebody in scope sees the lead", () => {
    const seen =
      /^JOIN crm\.leads l ON l\.organization_id = \$1 AND l\.lead_id = r\.lead_id\n  AND \(l\.owner_id = ANY \((\$\d+)::text\[\]\) OR l\.assignee_ids && \1::text\[\](?:\)\n| OR \(\(l\.owner_id = ANY)/
    const reads = everyForm.flatMap((asked) => statementOf(asked).text.split(/(?=JOIN crm\.leads l\b)/).slice(1))
    assert.isAbove(reads.length, 100)
    for (const read of reads) assert.match(read, seen)
  })
  it("statements contain the values of a request only as parameters", () => {
    for (const asked of everyForm) {
      const { params, text } = statementOf(asked)
      assert.notMatch(text, /org_demo|user_\d|'web'|asked for|2024|00000000/)
      const places = new Set([...text.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)))
      assert.deepStrictEqual([...places].toSorted((a, b) => a - b), params.map((_, index) => index + 1), text)
    }
  })
  it("the SQL of a filter has different texts for one value, several values and ~none", () => {
    const [one] = viewsOf("leads.total")
    const sources = ["web", ["web", "~none"], ["web", "ads"], ["web", "ads", "~none"]]
    const texts = sources.map((source) => one && statementOf({ ...one, filters: { source } }).text)
    const said = texts.map((text) =>
      /r\.source (?:= \$\d+::text|= ANY)(?: OR r\.source IS NULL)?/.exec(text ?? "")?.[0]
    )
    assert.deepStrictEqual(said.map((clause) => clause?.replace(/\$\d+/, "$n")), [
      "r.source = $n::text",
      "r.source = $n::text OR r.source IS NULL",
      "r.source = ANY",
      "r.source = ANY"
    ])
    assert.strictEqual(new Set(texts).size, sources.length)
  })
  it("a statement with a tag filter casts the tag ids once, not for each row", () => {
    const [one] = viewsOf("leads.total")
    const text = one && statementOf({ ...one, filters: { tag: ["00000000-0000-4000-8000-000000000000"] } }).text
    assert.match(text ?? "", /r\.tag_ids && \(SELECT \$\d+::uuid\[\]\)/)
  })
  it("the SQL text of a metric is the same for different people and times", () => {
    for (const id of ids) {
      const [one] = viewsOf(id, { userIds: ["a", "b"], timeframe: { preset: "last_month", timeZone: "Asia/Kolkata" } })
      const [other] = viewsOf(id, { timeframe: { preset: "last_month" } })
      assert.strictEqual(one && statementOf(one).text, other && statementOf(other).text)
    }
  })
})
