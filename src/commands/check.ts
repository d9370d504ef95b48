import { Console, Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { Misconfigured } from "../Config.ts"
import { findingsOf, organizationIds } from "../data/check/findingsOf.ts"
import type { Finding } from "../data/check/Kind.ts"
import { subscriptions } from "../data/check/subscriptions.ts"
import { ageOf, newestRows } from "../data/check/wholeFindings.ts"
import { counted } from "../domain/counted.ts"
import * as Database from "../services/database/Database.ts"
import { Found } from "./cli.ts"

const everything = Effect.fnUntraced(function*(org: Option.Option<string>) {
  const findings = yield* findingsOf(org)
  if (Option.isSome(org) && findings.length === 0 && (yield* organizationIds(org)).length === 0) {
    return yield* Misconfigured.because(
      `no CRM table has rows of ${org.value}: see organization_id in crm.organizations`
    )
  }
  return { findings, subscriptions: yield* subscriptions, newest: yield* newestRows(org) }
})

type Everything = Effect.Success<ReturnType<typeof everything>>

const lineOf = ({ example, organizationId, remedy, sentence, table }: Finding) => {
  const id = example === null ? "" : ` (${table === "organizations" ? "" : "first id "}${example})`
  return `${organizationId ?? "(no organization)"} ${table}: ${sentence}${
    table === "organizations" ? "" : id
  }: ${remedy}`
}

const linesOf = ({ findings, newest, subscriptions }: Everything): ReadonlyArray<string> => [
  ...findings.map((finding) => `fault  ${lineOf(finding)}`),
  ...subscriptions.map(({ isRunning, text }) => `${isRunning ? "ok    " : "fault "} ${text}`),
  ...newest.map(({ days, newest, organizationId, table }) =>
    `newest ${organizationId ?? "(no organization)"} ${table}: ${newest}, ${ageOf(days)}`
  )
]

export const check = Command.make(
  "check",
  {
    org: Flag.String("org").pipe(
      Flag.withDescription(
        "Only the rows of this organization, as the session tokens name it; subscriptions are always checked"
      ),
      Flag.optional
    ),
    isJson: Flag.Boolean("json").pipe(
      Flag.withDescription("Print one JSON object, for scripts"),
      Flag.withDefault(false)
    )
  },
  Effect.fnUntraced(function*({ isJson, org }) {
    const found = yield* everything(org)
    if (isJson) yield* Console.log(JSON.stringify(found, null, 2))
    else yield* Effect.forEach(linesOf(found), (line) => Console.log(line), { discard: true })
    const stopped = found.subscriptions.filter(({ isRunning }) => !isRunning)
    const count = found.findings.length + stopped.length
    if (count > 0) return yield* new Found({ message: `${counted(count, "kind of fault", "kinds of faults")} found` })
    if (!isJson) yield* Console.log("No fault found")
  }, Effect.provide(Database.unchangedLayer))
).pipe(
  Command.withShortDescription("Check the rows of the CRM tables"),
  Command.withDescription(
    "Check the rows of the CRM tables, whatever wrote them, and the subscriptions that fill them. Each kind of fault is one line with the number of rows, the id of one of them, and what to do. Ends with 1 if there is a fault."
  )
)
