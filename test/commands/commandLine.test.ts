import { assert, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { execFileSync } from "node:child_process"
import { realpathSync } from "node:fs"
import { unknownPerson } from "../../src/commands/knownPeople.ts"
import { run, runProcess, started } from "../support/commandLine.ts"
import { temporaryFolder } from "../support/folder.ts"
import { emptyDatabase } from "../support/Postgres.ts"

/** Each problem is printed in a line of its own. */
const linesOf = (...problems: ReadonlyArray<string>) =>
  new RegExp(`^${problems.map((problem) => `crm-reports: ${problem}\\n`).join("")}$`)

it.live("the service exits with 1 and names every invalid environment variable", () =>
  Effect.gen(function*() {
    const ended = yield* runProcess(["serve"], {
      PORT: "abc",
      DATABASE_POOL: "0",
      CLERK_AUTHORIZED_PARTIES: "https://a.example, https://b.example",
      CLEANUP_HOUR: "25",
      RATE_LIMIT_RUNS: " ",
      WIDGET_TIMEOUT: "soon"
    })
    assert.strictEqual(ended.code, 1)
    assert.match(
      ended.err,
      linesOf(
        "PORT: .*",
        "DATABASE_POOL: .*",
        "CLERK_AUTHORIZED_PARTIES: \" https:.*is not an origin.*",
        "WIDGET_TIMEOUT: .*",
        "RATE_LIMIT_RUNS: .*",
        "CLEANUP_HOUR: .*"
      )
    )
  }))

it.live("the service exits with 1 when a timeout is zero or less", () =>
  Effect.gen(function*() {
    const ended = yield* run(["serve"], { WIDGET_TIMEOUT: "-5 seconds", FREEZE_TIMEOUT: "0 seconds" })
    assert.strictEqual(ended.code, 1)
    assert.match(ended.err, linesOf("WIDGET_TIMEOUT: .*30 seconds.*", "FREEZE_TIMEOUT: .*"))
  }))

it.live("the service exits with 1 when a duration is longer than a timer can wait", () =>
  Effect.gen(function*() {
    const ended = yield* run(["serve"], { SHUTDOWN_GRACE: "30 days", DRAIN_FOR: "Infinity" })
    assert.strictEqual(ended.code, 1)
    assert.match(ended.err, linesOf("DRAIN_FOR: .*to 1 day.*", "SHUTDOWN_GRACE: .*"))
  }))

it.live("the command token with an empty --user exits with 1 and prints the allowed length", () =>
  Effect.gen(function*() {
    const { code, err } = yield* run(["token", "--user", "", "--org", "org_demo"], { DATA_FOLDER: "/nowhere" })
    assert.strictEqual(code, 1)
    assert.match(err, /--user\. Expected: 1 to 255 characters/)
  }))

it("the command token calls no organization unknown if the list of organizations may be cut", () => {
  const organizations = Array.from({ length: 1_000 }, (_, n) => ({ organizationId: `org_${n}`, name: "A", people: [] }))
  assert.isUndefined(unknownPerson(organizations, "org_later", "user"))
  assert.match(unknownPerson(organizations.slice(1), "org_later", "user") ?? "", /is no organization of the database/)
})

it("the command token warns about a person who is not a member, and not about a member", () => {
  const organizations = [{ organizationId: "org_a", name: "A", people: [{ userId: "user_bea", name: "Bea" }] }]
  assert.isUndefined(unknownPerson(organizations, "org_a", "user_bea"))
  assert.match(unknownPerson(organizations, "org_a", "user_bo") ?? "", /^user_bo is not a member of org_a /)
})

it.live("the command migrate prints the applied migrations, or that the database is up to date", () =>
  Effect.gen(function*() {
    const env = { DATABASE_URL: Redacted.value(yield* emptyDatabase) }
    assert.match((yield* run(["migrate"], env)).out, /^Applied 0001_crm_contract/)
    assert.deepStrictEqual(yield* run(["migrate"], env), { code: 0, out: "The database is up to date\n", err: "" })
  }))

const npm = () => realpathSync(execFileSync("which", ["npm"], { encoding: "utf8" }).trim())

it.live.each(["a command line without a command", "npm start"])(
  "%s starts the service, which exits with 0 on SIGTERM",
  (way) =>
    Effect.gen(function*() {
      const env = {
        DATABASE_URL: Redacted.value(yield* emptyDatabase),
        DATA_FOLDER: yield* temporaryFolder,
        DEVELOPMENT_SIGN_IN: "true",
        HOST: "127.0.0.1",
        PORT: "0"
      }
      const service = yield* Effect.acquireRelease(
        Effect.sync(() => way === "npm start" ? started(["start"], env, { program: npm() }) : started([], env)),
        (service) => service.signal("SIGKILL")
      )
      yield* service.hasSaid("listens at")
      yield* service.signal("SIGTERM")
      // The output ends only when the service has ended, even if npm ended before.
      const { code, err } = yield* service.ended
      assert.deepStrictEqual({ code, err }, { code: 0, err: "" })
    })
)
