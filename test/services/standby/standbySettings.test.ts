import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Option } from "effect"
import { Config } from "../../../src/Config.ts"
import { IsDistributed } from "../../../src/services/database/distributed.ts"
import { standbysIgnored } from "../../../src/services/standby/Standbys.ts"
import { readSetting } from "../../support/settings.ts"

const ignoredWith = (env: Record<string, string>, isDistributed: boolean) =>
  standbysIgnored.pipe(
    Effect.provideService(IsDistributed, isDistributed),
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
    Effect.map(Option.getOrUndefined)
  )

const standby = { DATABASE_REPLICA_URL: "postgres://u:secret@standby/db" }
const both = { ...standby, DATABASE_URL: "postgres://u:secret@primary/db" }

describe("the setting of standbys", () => {
  it.effect("a message says that DATABASE_REPLICA_URL has no effect with the embedded PostgreSQL and on Citus", () =>
    Effect.gen(function*() {
      assert.match(
        (yield* ignoredWith(standby, false)) ?? "",
        /has no effect with the embedded PostgreSQL: set DATABASE_/
      )
      assert.match(
        (yield* ignoredWith(both, true)) ?? "",
        /has no effect, because each server of Citus has its own log/
      )
      assert.isUndefined(yield* ignoredWith(both, false))
      assert.isUndefined(yield* ignoredWith({}, true))
    }))

  it("DATABASE_REPLICA_URL accepts addresses separated by commas, and its error shows no password", () => {
    const read = (DATABASE_REPLICA_URL: string) => readSetting(Config.databaseReplicaUrls, { DATABASE_REPLICA_URL })
    const two = read("postgres://u@one/db,postgresql://u@two/db")
    assert.strictEqual(Exit.isSuccess(two) ? two.value.length : 0, 2)
    const wrong = read("postgres://u@one/db,http://u:secret@two")
    assert.isTrue(Exit.isFailure(wrong))
    assert.notInclude(JSON.stringify(wrong), "secret")
  })
})
