import { assert, describe, it } from "@effect/vitest"
import { isNewer, isVisible, parsePgSnapshot } from "../../../src/services/replica/Replica.ts"

describe("a PgSnapshot", () => {
  const moment = parsePgSnapshot("730:745:730,741")

  it.for(
    [
      ["sees", "729"],
      ["does not see", "730"],
      ["sees", "731"],
      ["does not see", "741"],
      ["sees", "744"],
      ["does not see", "745"],
      ["does not see", "18446744073709551615"]
    ] as const
  )("the PgSnapshot 730:745:730,741 %s the transaction %s", ([verb, transaction]) => {
    assert.strictEqual(isVisible(moment, transaction), verb === "sees")
  })

  it.for(
    [
      ["730:746:730,741", "is newer"],
      ["741:745:741", "is newer"],
      ["745:745:", "is newer"],
      ["730:745:730,741", "is not newer"],
      ["730:744:730", "is not newer"],
      ["5:9999999999999999999:5", "is newer"]
    ] as const
  )("the PgSnapshot %s %s than 730:745:730,741", ([text, verb]) => {
    assert.strictEqual(isNewer(parsePgSnapshot(text), moment), verb === "is newer")
  })
})
