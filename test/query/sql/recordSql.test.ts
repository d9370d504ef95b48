import { assert, describe, expect, it } from "@effect/vitest"
import { recordStatementsOf } from "../../proof/recordStatements.ts"
import { type Asked, everyForm, formsOf, shapes } from "../../proof/statements.ts"
import { clausesOf } from "../../support/clauses.ts"

const textsOf = (asked: Asked) => recordStatementsOf(asked).map(({ text }) => text)

const known = new Set<string>()

/** Returns false for a statement whose clauses are all in earlier golden statements. */
const hasNewClause = (text: string): boolean => {
  const found = clausesOf(text).filter((clause) => !known.has(clause))
  for (const clause of found) known.add(clause)
  return found.length > 0
}
const golden = shapes.map((id) => [id, formsOf(id).flatMap(textsOf).filter(hasNewClause)] as const)

describe("SQL of records", () => {
  it.each(golden)("the record statements of %s equal their golden file", async (id, texts) => {
    await expect(texts.map((text) => `${text};\n`).join("\n")).toMatchFileSnapshot(`../../golden/recordSql/${id}.sql`)
  })

  it("the golden files have every clause that the compiler writes for the records of any metric", () => {
    const others = everyForm.flatMap(textsOf).flatMap(clausesOf).filter((clause) => !known.has(clause))
    assert.deepStrictEqual([...new Set(others)], [])
  })

  it("every record statement restricts each population to the people in scope", () => {
    const owned = /r\.owner_id = (?:ANY \(\$2::text\[\]\)|\$2::text|o\.id)/
    const assigned = /r\.assignee_ids && \$2::text\[\]|\$2::text = ANY \(r\.assignee_ids\)/
    const ownersOnly = /r\.assignee_ids <> '\{\}'(?: AND r\.owner_id > o\.id)? ORDER BY 1 LIMIT 1\)/
    /** Matches a join to the keys of a page, which are already restricted to the scope. */
    const found = /^JOIN crm\.\w+ r ON r\.organization_id = \$1 AND r\.(\w+_id) = k\.\1(?:\n|$)/
    const byAssignee =
      /SELECT DISTINCT a\.id FROM unnest\(r\.assignee_ids\) AS a\(id\) WHERE a\.id = ANY \(\$2::text\[\]\)/
    for (const { text } of everyForm.flatMap(recordStatementsOf)) {
      const reads = text.split(/(?=(?:FROM|JOIN) crm\.\w+ (?!l\b))/).filter((read) =>
        /^(?:FROM|JOIN) crm\.(leads|deals|tasks|calls|emails) r\b/.test(read)
      )
      assert.isAbove(reads.length, 0, text)
      for (const read of reads) {
        assert.isTrue([owned, assigned, ownersOnly, found, byAssignee].some((rule) => rule.test(read)), text)
      }
    }
  })

  it("every requested text and time in a record statement is a parameter", () => {
    for (const { params, text } of everyForm.flatMap(recordStatementsOf)) {
      assert.notMatch(text, /org_demo|user_\d|'web'|asked for|2024|00000000/)
      const places = new Set([...text.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)))
      assert.deepStrictEqual([...places].toSorted((a, b) => a - b), params.map((_, index) => index + 1), text)
    }
  })
})
