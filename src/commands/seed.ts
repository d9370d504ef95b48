import { Clock, Console, Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { SqlClient } from "effect/sql"
import { Config, Misconfigured } from "../Config.ts"
import { demoOrganizationIds } from "../data/demo/organizations.ts"
import { saveDemo } from "../data/demoReports.ts"
import { keepPeople } from "../data/people.ts"
import { byDefault, seed as seeded } from "../data/seed.ts"
import { counted } from "../domain/counted.ts"
import * as Database from "../services/database/Database.ts"
import { formatDuration } from "./cli.ts"

const wholeNumber = (name: string, description: string, minimum: number, byDefault: number) =>
  Flag.Int(name).pipe(
    Flag.withDescription(description),
    Flag.withDefault(byDefault),
    Flag.filter((value) => value >= minimum, () => `a number of at least ${minimum}`)
  )

const refuse = (reason: string) =>
  Misconfigured.because(
    `${reason}, and seed writes the demo organizations into it, in place of their present rows: ` +
      "if you mean it, npm run seed -- --yes"
  )

/** A missing DATABASE_URL is reported first. */
const refuseProduction = Effect.flatMap(
  Effect.andThen(Database.settings, Config.mode),
  (mode) => mode === "production" ? refuse("with NODE_ENV=production this is a production database") : Effect.void
)

const refuseOthers = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [other] = yield* sql`SELECT organization_id AS id FROM crm.organizations
    WHERE NOT (${sql.in("organization_id", demoOrganizationIds)}) LIMIT 1`
  if (other !== undefined) {
    return yield* refuse(`the database has other organizations than the demo's, such as ${String(other["id"])}`)
  }
})

export const seed = Command.make(
  "seed",
  {
    leads: wholeNumber("leads", "How many leads, with about eight other rows each", 1, byDefault.leads),
    seed: wholeNumber("seed", "The same seed and time make the same rows", 0, byDefault.seed),
    now: Flag.Date("now").pipe(
      Flag.withDescription("The time until which the rows go, in ISO 8601; now by default"),
      Flag.optional
    ),
    isMeant: Flag.Boolean("yes").pipe(
      Flag.withDescription("Also seed a production database, or one with other organizations"),
      Flag.withDefault(false)
    )
  },
  Effect.fnUntraced(
    function*({ isMeant, leads, now, seed }) {
      if (!isMeant) yield* refuseOthers
      const until = Option.isSome(now) ? now.value.getTime() : yield* Clock.currentTimeMillis
      const [took, rows] = yield* Effect.timed(seeded({ leads, seed, now: until }, saveDemo))
      yield* keepPeople
      yield* Console.log(
        `Seeded ${counted(leads, "lead", "leads")}, ${counted(rows, "row", "rows")} in all, in ${formatDuration(took)}`
      )
    },
    (work, { isMeant }) =>
      Effect.andThen(isMeant ? Effect.void : refuseProduction, Effect.provide(work, Database.layer))
  )
).pipe(
  Command.withDescription("Replace the demo organizations with two years of rows that come from a seed"),
  Command.withExamples([
    { command: "npm run seed", description: "Seed 5,000 leads in two organizations" },
    {
      command: "npm run seed -- --leads 1000000",
      description: "Seed 1,000,000 leads, half of them in one organization"
    }
  ])
)
