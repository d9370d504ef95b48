import { Effect, Latch, Layer, Scope } from "effect"
import type { Role } from "../../src/domain/Caller.ts"
import { Unavailable } from "../../src/domain/Unavailable.ts"
import { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import * as Database from "../../src/services/database/Database.ts"
import { IdempotencyKeys } from "../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { noTables } from "../../src/testing/rows.ts"
import { signTestToken } from "../../src/testing/signTestToken.ts"
import { holdToContract } from "./contract.ts"
import { eventually } from "./eventually.ts"
import { handlerOver } from "./handlerOver.ts"
import { freshDatabase, settingsOf } from "./Postgres.ts"
import { sourceThat } from "./sourceThat.ts"

/** Keeps idempotency keys in memory, but no responses. The first two attempts to release a key fail. */
const forgetful = Layer.effect(
  IdempotencyKeys,
  Effect.gen(function*() {
    const keys = yield* IdempotencyKeys
    let failures = 2
    const release: typeof keys.release = (attempt, holder) =>
      Effect.suspend(() => {
        if (failures === 0) return keys.release(attempt, holder)
        failures -= 1
        return Effect.fail(new Unavailable())
      })
    return { ...keys, release, keep: () => Effect.die("a defect") }
  })
).pipe(Layer.provide(IdempotencyKeys.layerMemory))

const kept = {
  "forgetful memory": Effect.succeed(
    Layer.mergeAll(ReportRepo.layerMemory, SnapshotRepo.layerMemory, SubscriptionRepo.layerMemory, forgetful)
  ),
  memory: Effect.succeed(
    Layer.mergeAll(
      ReportRepo.layerMemory,
      SnapshotRepo.layerMemory,
      SubscriptionRepo.layerMemory,
      IdempotencyKeys.layerMemory
    )
  ),
  PostgreSQL: Effect.map(
    freshDatabase,
    (url) =>
      Layer.mergeAll(ReportRepo.layerSql, SnapshotRepo.layerSql, SubscriptionRepo.layerSql, IdempotencyKeys.layerSql)
        .pipe(
          Layer.provide(Database.clientOf(settingsOf(url))),
          Layer.orDie
        )
  )
}

export type Place = keyof typeof kept

export interface Who {
  readonly user?: string
  readonly organization?: string
  readonly role?: Role
}

/** Runs the service without CRM rows, and stores reports in `place`. Runs wait while `latch` is closed. */
export const keptApp = Effect.fnUntraced(function*(place: Place, admission = Admission.unlimited) {
  const latch = yield* Latch.make(true)
  let queries = 0
  const source = sourceThat(() =>
    Effect.suspend(() => {
      queries += 1
      return Effect.as(latch.await, [])
    })
  )
  const sources = [source, Organizations.layerMemory(noTables), BuilderOptions.layerMemory(noTables)] as const
  const { dispose, handler } = handlerOver(
    Layer.mergeAll(yield* kept[place], ...sources),
    undefined,
    undefined,
    undefined,
    admission
  )
  yield* Scope.addFinalizer(yield* Effect.scope, Effect.promise(dispose))

  const call = async (
    path: string,
    init: RequestInit,
    { organization = "org", role = "member", user = "ana" }: Who
  ) => {
    const token = signTestToken({ organizationId: organization, userId: user, role })
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", ...init.headers }
    const response = await handler(new Request(`http://crm.example${path}`, { ...init, headers }))
    const text = await response.text()
    holdToContract({
      method: init.method ?? "GET",
      url: path,
      status: response.status,
      headers: response.headers,
      text
    })
    return { status: response.status, headers: response.headers, text, json: text === "" ? {} : JSON.parse(text) }
  }
  /** Resolves when the next query of a metric has started. */
  const nextQuery = () => {
    const before = queries
    return Effect.runPromise(eventually(Effect.sync(() => queries), (count) => count > before))
  }
  return { call, latch, nextQuery }
})

export type KeptApp = Effect.Success<ReturnType<typeof keptApp>>
