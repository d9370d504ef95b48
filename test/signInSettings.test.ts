import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Option } from "effect"
import { generateKeyPairSync } from "node:crypto"
import { signInSettings } from "../src/http/authentication/SignInSettings.ts"
import { publishableKeyOf } from "./support/publishableKeyOf.ts"
import { makeKeyPair } from "./support/Tokens.ts"

type Environment = Readonly<Record<string, string>>

const clerk = {
  CLERK_ISSUER: "https://clerk.crm.example",
  CLERK_AUTHORIZED_PARTIES: "https://app.crm.example,https://admin.crm.example",
  CLERK_JWT_KEY: makeKeyPair().publicPem
}
const production = { NODE_ENV: "production" }
const publishableKey = publishableKeyOf("clerk.crm.example")
const database = { DATABASE_URL: "postgres://127.0.0.1/crm" }

const without = (name: keyof typeof clerk): Environment =>
  Object.fromEntries(Object.entries(clerk).filter(([key]) => key !== name))

const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" })
  .toString()

const outcome = (env: Environment) =>
  signInSettings.pipe(
    Effect.match({
      onFailure: ({ message }) => message,
      onSuccess: Option.match({
        onNone: () => "development",
        onSome: ({ key }) => "pem" in key ? "a known key" : `keys from ${key.apiUrl}`
      })
    }),
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
  )

const cases: ReadonlyArray<readonly [name: string, env: Environment, expected: RegExp]> = [
  ["an empty environment, which means the development sign-in", {}, /^development$/],
  ["Clerk with a key", clerk, /^a known key$/],
  [
    "Clerk with a key on one line",
    { ...clerk, CLERK_JWT_KEY: clerk.CLERK_JWT_KEY.replaceAll("\n", "\\n") },
    /^a known key$/
  ],
  [
    "Clerk with a secret key",
    { ...without("CLERK_JWT_KEY"), CLERK_SECRET_KEY: "sk_live_1" },
    /^keys from https:\/\/api\.clerk\.com$/
  ],
  ["Clerk in production", { ...clerk, ...production, ...database }, /^a known key$/],
  ["a database without Clerk", database, /CLERK_ISSUER.*CLERK_AUTHORIZED_PARTIES.*CLERK_JWT_KEY/s],
  ["a database with DEVELOPMENT_SIGN_IN", { ...database, DEVELOPMENT_SIGN_IN: "true" }, /^development$/],
  ["Clerk without parties and key", { CLERK_ISSUER: clerk.CLERK_ISSUER }, /CLERK_AUTHORIZED_PARTIES.*CLERK_JWT_KEY/s],
  ["A-08 production without settings", production, /CLERK_ISSUER.*CLERK_AUTHORIZED_PARTIES.*CLERK_JWT_KEY/s],
  [
    "A-08 production without parties",
    { ...without("CLERK_AUTHORIZED_PARTIES"), ...production },
    /CLERK_AUTHORIZED_PARTIES/
  ],
  ["Clerk with a publishable key", { ...clerk, ...production, CLERK_PUBLISHABLE_KEY: publishableKey }, /^a known key$/],
  ["a publishable key alone", { CLERK_PUBLISHABLE_KEY: publishableKey }, /CLERK_ISSUER/],
  [
    "a publishable key of a development instance in production",
    { ...clerk, ...production, CLERK_PUBLISHABLE_KEY: publishableKeyOf("a-b-1.clerk.accounts.dev", "test") },
    /development instance/
  ],
  ["a secret key as publishable key", { ...clerk, CLERK_PUBLISHABLE_KEY: "sk_live_1" }, /CLERK_PUBLISHABLE_KEY/],
  [
    "a publishable key whose host would add words to the policy",
    { ...clerk, CLERK_PUBLISHABLE_KEY: publishableKeyOf("a.example 'unsafe-inline'") },
    /CLERK_PUBLISHABLE_KEY/
  ],
  ["production without an issuer", { ...without("CLERK_ISSUER"), ...production }, /CLERK_ISSUER/],
  ["production without a key", { ...without("CLERK_JWT_KEY"), ...production }, /CLERK_JWT_KEY/],
  [
    "production with the development sign-in",
    { ...clerk, ...production, DEVELOPMENT_SIGN_IN: "true" },
    /not for production/
  ],
  [
    "A-24 production with a test key",
    { ...clerk, ...production, CLERK_SECRET_KEY: "sk_test_1" },
    /development instance/
  ],
  ["A-24 production with a development issuer", {
    ...clerk,
    ...production,
    CLERK_ISSUER: "https://calm-cat-1.clerk.accounts.dev"
  }, /development instance/],
  ["a key that is no PEM", { ...clerk, CLERK_JWT_KEY: "pk_live_1" }, /not a PEM/],
  ["an elliptic key", { ...clerk, CLERK_JWT_KEY: elliptic }, /not a PEM/]
]

describe("the sign-in settings", () => {
  it.effect.each(cases)(
    "the sign-in settings decide as expected about %s",
    ([_name, env, expected]) => Effect.map(outcome(env), (found) => assert.match(found, expected))
  )
})
