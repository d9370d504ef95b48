import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { AuditEvent } from "../../src/domain/Audit.ts"
import type { Caller } from "../../src/domain/Caller.ts"
import type { ReportId } from "../../src/domain/Ids.ts"
import { AuditLog } from "../../src/services/reports/AuditLog/AuditLog.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { type AuditCase, eventsOf, saved, wordsOf } from "./auditCases.ts"
import { aDay, Passing } from "./Passing.ts"
import { elsewhere, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

/** Sends every statement of the audit log, except the INSERT. */
export const onAudit = (who: Caller, reportId: ReportId) =>
  Effect.gen(function*() {
    const log = yield* AuditLog
    yield* Effect.ignore(log.list(who, {}))
    yield* Effect.ignore(log.list(who, { userId: "ana", action: "share", reportId, cursor: `0~${reportId}` }))
    yield* log.purge(yield* DateTime.now)
  })

export const auditListCases: ReadonlyArray<AuditCase> = [
  [
    "only an admin reads the events, only those of the own organization, and no title of another person's private report",
    Effect.gen(function*() {
      const log = yield* AuditLog
      const { admin, demoted, owner } = people()
      const hidden = yield* saved(owner, "private")
      const shown = yield* saved(owner)
      assert.strictEqual(yield* refusalOf(log.list(demoted, {})), "AdminsOnly")
      const foreign = yield* eventsOf(elsewhere, { limit: 200 })
      assert.notInclude(foreign.map(({ reportId }) => reportId), shown.id)
      const titles = new Map((yield* eventsOf(admin)).map(({ reportId, title }) => [reportId, title]))
      assert.deepStrictEqual(titles, new Map([[hidden.id, null], [shown.id, "Saved"]]))
      assert.deepStrictEqual((yield* eventsOf({ ...owner, role: "admin" })).map(({ title }) => title), [
        "Saved",
        "Saved"
      ])
    })
  ],
  [
    "the pages of a filter have each event once, newest first",
    Effect.gen(function*() {
      const log = yield* AuditLog
      const reports = yield* ReportRepo
      const passing = yield* Passing
      const { admin, owner } = people()
      const { id } = yield* saved(owner)
      const other = yield* saved(admin)
      for (const step of [1, 2, 3, 4, 5]) {
        if (step % 2 === 0) yield* passing.seconds(1)
        yield* reports.update(owner, id, { title: `Step ${step}` }, undefined)
      }
      const read = Effect.fnUntraced(function*(filter: object, limit: number) {
        const found: Array<AuditEvent> = []
        for (let cursor: string | null | undefined; cursor !== null;) {
          const page = yield* log.list(admin, { ...filter, limit, ...(cursor !== undefined && { cursor }) })
          assert.isAtMost(page.results.length, limit)
          found.push(...page.results)
          cursor = page.next
        }
        return found
      })
      const all = yield* read({}, 2)
      assert.strictEqual(all.length, 7)
      assert.deepStrictEqual(all, yield* eventsOf(admin))
      const times = all.map(({ at }) => DateTime.toEpochMillis(at))
      assert.deepStrictEqual(times, times.toSorted((a, b) => b - a))
      assert.sameMembers((yield* read({ action: "change" }, 1)).map(({ version }) => version), [2, 3, 4, 5, 6])
      assert.deepStrictEqual((yield* read({ reportId: other.id }, 5)).map(wordsOf), ["ana create report"])
      assert.deepStrictEqual((yield* read({ userId: "ana" }, 5)).map(wordsOf), ["ana create report"])
      assert.deepStrictEqual(yield* read({ userId: "ana", reportId: id }, 5), [])
    })
  ],
  [
    "an event is deleted after a year",
    Effect.gen(function*() {
      const log = yield* AuditLog
      const passing = yield* Passing
      const { admin, owner } = people()
      yield* saved(owner)
      const now = yield* DateTime.now
      yield* passing.seconds(364 * aDay)
      yield* log.purge(DateTime.max(now, yield* DateTime.now))
      assert.strictEqual((yield* eventsOf(admin)).length, 1)
      yield* passing.seconds(2 * aDay)
      yield* log.purge(DateTime.max(now, yield* DateTime.now))
      assert.deepStrictEqual(yield* eventsOf(admin), [])
    })
  ]
]
