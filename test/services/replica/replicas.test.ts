import { assert, layer } from "@effect/vitest"
import { Clock, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { maxRowsOfKey } from "../../../src/columnStore/joined/joins.ts"
import { counted } from "../../../src/domain/counted.ts"
import { OrgId } from "../../../src/domain/Ids.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { sender } from "../../../src/services/database/statements.ts"
import { load, unlimited } from "../../../src/services/replica/load.ts"
import { rowsPerReplica } from "../../../src/services/replica/ReplicaPool.ts"
import { Replicas } from "../../../src/services/replica/Replicas.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { call } from "../../../src/testing/rows.ts"
import { ask } from "../../support/ask.ts"
import { outcomeOf } from "../../support/captured.ts"
import { kindsIn } from "../../support/columns.ts"
import { admin } from "../../support/counted.ts"
import { eventually } from "../../support/eventually.ts"
import { logInto } from "../../support/logInto.ts"
import { namingSpans } from "../../support/namingSpans.ts"
import { asOf } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { begin, counts, lookedAt, overSql, process, untilRead, written } from "../../support/replicas.ts"

/** Creates a role with a random name, because a role belongs to the whole server. Drops it when the scope closes. */
const newRole = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const role = sql(`importer_${crypto.randomUUID()}`)
  return yield* Effect.acquireRelease(
    Effect.as(sql`CREATE ROLE ${role}`, role),
    () => Effect.orDie(Effect.andThen(sql`DROP OWNED BY ${role}`, sql`DROP ROLE ${role}`))
  )
})

const threeMetrics = ["leads.by_status", "calls.by_direction", "deals.by_stage"]

const reportOf = (metricIds: ReadonlyArray<string>) =>
  ask({
    caller: admin,
    request: {
      everyone: true,
      widgets: metricIds.map((metricId) => ({ instanceId: metricId, metricId, chart: "bar" }))
    }
  })

/** Each reading of the monotonic clock is `step` nanoseconds later than the last one. */
const steppingClock = (step: bigint) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Clock.clockWith((clock) => {
    let now = clock.monotonicTimeNanosUnsafe()
    const monotonicTimeNanosUnsafe = () => now += step
    return Effect.provideService(effect, Clock.Clock, {
      ...clock,
      monotonicTimeNanosUnsafe,
      monotonicTimeNanos: Effect.sync(monotonicTimeNanosUnsafe)
    })
  })

layer(postgresTest, { excludeTestServices: true })("replicas", (it) => {
  it.effect("a replica loaded by an organization's tenth run counts rows that were written later", () =>
    Effect.gen(function*() {
      yield* begin
      for (let run = 0; run < 9; run++) assert.isUndefined(yield* lookedAt())

      assert.isUndefined(yield* lookedAt())
      const store = yield* untilRead
      const before = yield* counts("calls.by_direction")
      yield* written({ calls: [call("new", "2024-05-17T09:29", { direction: "inbound" })] })
      const after = yield* counts("calls.by_direction")
      assert.notDeepEqual(after, before)
      assert.strictEqual(yield* lookedAt(), store)
      assert.deepStrictEqual(after, yield* Effect.provide(counts("calls.by_direction"), overSql))
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a run over a replica does not count rows of a person who is no longer a member", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* untilRead
      assert.notDeepEqual(yield* counts("leads.by_status", ["bo"]), [])
      yield* sql`DELETE FROM crm.members WHERE organization_id = 'org' AND user_id = 'bo'`
      assert.deepStrictEqual(yield* counts("leads.by_status", ["bo"]), [])
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a replica is refreshed once for all widgets of a run", () =>
    Effect.gen(function*() {
      yield* begin
      const store = yield* untilRead
      const sent: Array<string> = []
      const send = yield* sender
      const replicas = yield* Replicas
      const opened = yield* replicas.open(OrgId.make("org"), (statement) => {
        sent.push(statement.text)
        return send(statement)
      })
      const found = yield* Effect.all([opened, opened, opened], { concurrency: 3 })
      assert.deepStrictEqual(found.map((one) => one?.store === store), [true, true, true])
      assert.strictEqual(sent.length, 1)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a run counts each plan once, and begins no count in a turn of 0.3 ms", () =>
    Effect.gen(function*() {
      const events: Array<string> = []
      const turn = Effect.andThen(Effect.yieldNow, Effect.sync(() => events.push("turn")))
      const limiter = Layer.effect(
        Admission,
        Effect.map(Admission, (all): Admission["Service"] => ({
          ...all,
          withTurn: () => (count) => Effect.andThen(turn, count)
        }))
      ).pipe(Layer.provide(Admission.layer))
      yield* Effect.gen(function*() {
        yield* begin
        yield* untilRead
        const eventsOf = Effect.fnUntraced(function*(step: bigint) {
          yield* reportOf(threeMetrics).pipe(steppingClock(step), namingSpans(events))
          return events.splice(0).filter((name) => /^(turn|count .*)$/.test(name))
        })
        const [leads, calls, deals] = threeMetrics.map((metricId) => `count ${metricId}`)
        assert.deepStrictEqual(yield* eventsOf(299_999n), ["turn", leads, calls, "turn", deals])
        assert.deepStrictEqual(yield* eventsOf(300_000n), ["turn", leads, "turn", calls, "turn", deals])
        assert.deepStrictEqual(yield* eventsOf(0n), ["turn", leads, calls, deals])
      }).pipe(Effect.provide(process(10_000, limiter)))
    }).pipe(fixedClock(asOf)))

  it.effect("only organizations with at most REPLICA_ROWS rows get a replica", () =>
    Effect.gen(function*() {
      const lines: Array<string> = []
      const log = logInto(lines)
      yield* Effect.gen(function*() {
        yield* begin
        assert.isDefined(yield* eventually(lookedAt("without rows"), (store) => store !== undefined))
        const ofOrg = () => lines.find((line) => /replica load.*organizationId=org\b/.test(line))
        yield* eventually(lookedAt(), () => ofOrg() !== undefined)
        assert.include(ofOrg(), "more than 3 rows")
        assert.isUndefined(yield* lookedAt())
        assert.isNotEmpty(yield* counts("leads.by_status"))
      }).pipe(Effect.provide(Layer.provideMerge(process(rowsPerReplica + 3), log)))
    }).pipe(fixedClock(asOf)))

  it.effect("before a load reads the rows, it counts each row once, also of tables that are joined", () =>
    Effect.gen(function*() {
      yield* begin
      const sql = yield* SqlClient.SqlClient
      const reserved: Array<number> = []
      yield* load("org", { ...unlimited, reserve: (rows) => void reserved.push(rows) })
      const tables = ["leads", "lead_status_spells", "deals", "deal_shares", "tasks", "calls", "emails", "tags"]
      const of = (table: string) => sql`SELECT 1 FROM crm.${sql(table)} WHERE organization_id = 'org'`
      assert.strictEqual(reserved[0], (yield* Effect.forEach(tables, of)).flat().length)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("joined rows count towards REPLICA_ROWS", () =>
    Effect.gen(function*() {
      yield* begin
      const { store: { size } } = yield* load("org", unlimited)
      const loadedWith = (maxRows: number) => outcomeOf(load("org", { ...unlimited, maxRows }))
      assert.deepStrictEqual(
        [yield* loadedWith(size), yield* loadedWith(size - 1)],
        ["loaded", `NoReplica: more than ${counted(size - 1, "row", "rows")}, one for each viewer`]
      )
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a load leaves the reply rate to SQL if a thread has more than 4,096 emails, and only then", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      const hasThreads = Effect.map(load("org", unlimited), ({ store }) => store.stored("threads") !== undefined)
      const insertEmails = (from: number, to: number) =>
        sql`
          INSERT INTO crm.emails (organization_id, email_id, owner_id, thread_id, direction, sent_at)
          SELECT 'org', 'long ' || number, 'ana', 'long', 'inbound', now()
          FROM generate_series(${from}::int, ${to}::int) number`
      yield* insertEmails(1, maxRowsOfKey)
      assert.isTrue(yield* hasThreads)
      yield* insertEmails(0, 0)
      assert.isFalse(yield* hasThreads)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a database role that may only insert leads can insert them while the change log is enabled", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const importer = yield* newRole
      yield* sql`GRANT USAGE ON SCHEMA crm TO ${importer}`
      yield* sql`GRANT INSERT ON crm.leads TO ${importer}`
      yield* begin
      const store = yield* untilRead
      const sizeOfRows = () => (store?.size ?? 0) - kindsIn(store, "leads")
      const size = sizeOfRows()
      yield* sql.withTransaction(Effect.gen(function*() {
        yield* sql`SET LOCAL ROLE ${importer}`
        yield* sql`
          INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
          VALUES ('org', 'of an importer', 'ana', 'lead', now())`
      }))
      yield* lookedAt()
      assert.strictEqual(sizeOfRows(), size + 1)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))
})
