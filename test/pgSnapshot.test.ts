import { assert, describe, it } from "@effect/vitest"
import { isNewer, isVisible, parsePgSnapshot } from "../src/services/replica/Replica.ts"

describe("a PgSnapshot", () => {
  const moment = parsePgSnapshot("730:745:730,741")

  it.for(
    [
      ["729", true],
      ["730", false],
      ["731", true],
      ["741", false],
      ["744", true],
      ["745", false],
      ["18446744073709551615", false]
    ] as const
  )("the PgSnapshot 730:745:730,741 sees transaction %s: %s", ([transaction, has]) => {
    assert.strictEqual(isVisible(moment, transaction), has)
  })

  it.for([
    ["730:746:730,741", true],
    ["741:745:741", true],
    ["745:745:", true],
    ["730:745:730,741", false],
    ["730:744:730", false],
    ["5:9999999999999999999:5", true]
  ])("whether the PgSnapshot %s is newer than 730:745:730,741 is %s", ([text, isAfter]) => {
    assert.strictEqual(isNewer(parsePgSnapshot(String(text)), moment), isAfter)
  })
})
