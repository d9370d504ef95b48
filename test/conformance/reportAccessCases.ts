import { assert } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { elsewhere, layout, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

type Case = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo>]

/** Each case has the outcomes of reading, changing and deleting a report. */
const outcomes = [
  ["the owner may read, change and delete", "private", "owner", ["done", "done", "done"]],
  ["a colleague cannot find", "private", "colleague", ["ReportNotFound", "ReportNotFound", "ReportNotFound"]],
  ["an admin cannot find", "private", "admin", ["ReportNotFound", "ReportNotFound", "ReportNotFound"]],
  ["the owner may read, change and delete", "organization", "owner", ["done", "done", "done"]],
  ["a colleague may only read", "organization", "colleague", ["done", "ReportNotYours", "ReportNotYours"]],
  ["a former admin may only read", "organization", "demoted", ["done", "ReportNotYours", "ReportNotYours"]],
  ["an admin may read, change and delete", "organization", "admin", ["done", "done", "done"]],
  ["a person of another organization cannot find", "organization", "stranger", [
    "ReportNotFound",
    "ReportNotFound",
    "ReportNotFound"
  ]]
] as const

export const reportAccessCases = outcomes.map(([allowed, visibility, who, expected]): Case => [
  `${allowed} ${visibility === "private" ? "a private report" : "a shared report"}`,
  Effect.gen(function*() {
    const reports = yield* ReportRepo
    const everybody = { ...people(), stranger: elsewhere }
    const caller = everybody[who]
    const { id, version } = yield* reports.create(everybody.owner, { title: "Saved", visibility, layout })
    const found = [
      yield* refusalOf(reports.find(caller, id)),
      yield* refusalOf(reports.update(caller, id, { title: "changed" }, undefined)),
      yield* refusalOf(reports.remove(caller, id, undefined))
    ]
    assert.deepStrictEqual(found, [...expected])
    const left = yield* Effect.exit(reports.find(everybody.owner, id))
    if (expected[2] === "done") return assert.isTrue(Exit.isFailure(left))
    assert.deepInclude(Exit.isSuccess(left) ? left.value : {}, { title: "Saved", version })
  })
])
