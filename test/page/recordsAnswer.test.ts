import { assert, describe, it } from "@effect/vitest"
import { Problem, recordsIn } from "../../src/page/api/Problem.ts"
import type { RecordsResponse } from "../../src/page/api/wire.ts"
import { metaOf } from "../gallery/hostile.ts"

const withError = (error: NonNullable<RecordsResponse["error"]>): RecordsResponse => ({
  results: [],
  total: null,
  sums: null,
  amountUnit: "count",
  columns: [],
  next: null,
  meta: metaOf(),
  error
})

describe("an answer without records", () => {
  it.each([["timeout", 408], ["unavailable", 503]] as const)(
    "the error %s fails as a response with the status %i",
    async (code, status) => {
      const message = "Reading the records took too long."
      const answer = withError({ code, message })
      const problem = await Promise.resolve(answer).then(recordsIn).catch((failure: unknown) => failure)
      assert.instanceOf(problem, Problem)
      assert.deepInclude(problem, { code, message, status })
    }
  )

  it("an error that would be the same after another attempt is an answer", () => {
    const answer = withError({ code: "unknown_point", message: "`at`: the series of this widget has no such point." })
    assert.strictEqual(recordsIn(answer), answer)
  })
})
