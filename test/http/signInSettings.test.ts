import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Option } from "effect"
import { generateKeyPairSync } from "node:crypto"
import { signInSettings } from "../../src/http/authentication/SignInSettings.ts"
import { publishableKeyOf } from "../support/publishableKeyOf.ts"
import { makeKeyPair } from "../support/Tokens.ts"

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
  ["an empty environment gives the development sign-in", {}, /^development$/],
  ["CLERK_JWT_KEY is the key that checks tokens", clerk, /^a known key$/],
  [
    "a CLERK_JWT_KEY on one line is accepted",
    { ...clerk, CLERK_JWT_KEY: clerk.CLERK_JWT_KEY.replaceAll("\n", "\\n") },
    /^a known key$/
  ],
  [
    "with CLERK_SECRET_KEY instead of CLERK_JWT_KEY, the keys that check tokens are fetched from Clerk",
    { ...without("CLERK_JWT_KEY"), CLERK_SECRET_KEY: "sk_live_1" },
    /^keys from https:\/\/api\.clerk\.com$/
  ],
  ["Clerk settings are accepted in production", { ...clerk, ...production, ...database }, /^a known key$/],
  [
    "DATABASE_URL without Clerk settings is refused with an error that names those settings",
    database,
    /CLERK_ISSUER.*CLERK_AUTHORIZED_PARTIES.*CLERK_JWT_KEY/s
  ],
  [
    "DATABASE_URL with DEVELOPMENT_SIGN_IN gives the development sign-in",
    { ...database, DEVELOPMENT_SIGN_IN: "true" },
    /^development$/
  ],
  [
    "CLERK_ISSUER alone is refused with an error that names the missing settings",
    { CLERK_ISSUER: clerk.CLERK_ISSUER },
    /CLERK_AUTHORIZED_PARTIES.*CLERK_JWT_KEY/s
  ],
  [
    "production without Clerk settings is refused with an error that names those settings",
    production,
    /CLERK_ISSUER.*CLERK_AUTHORIZED_PARTIES.*CLERK_JWT_KEY/s
  ],
  [
    "production without CLERK_AUTHORIZED_PARTIES is refused",
    { ...without("CLERK_AUTHORIZED_PARTIES"), ...production },
    /CLERK_AUTHORIZED_PARTIES/
  ],
  ["Clerk settings with CLERK_PUBLISHABLE_KEY are accepted", {
    ...clerk,
    ...production,
    CLERK_PUBLISHABLE_KEY: publishableKey
  }, /^a known key$/],
  ["CLERK_PUBLISHABLE_KEY alone is refused", { CLERK_PUBLISHABLE_KEY: publishableKey }, /CLERK_ISSUER/],
  [
    "production with a publishable key of a development instance is refused",
    { ...clerk, ...production, CLERK_PUBLISHABLE_KEY: publishableKeyOf("a-b-1.clerk.accounts.dev", "test") },
    /development instance/
  ],
  [
    "a secret key as CLERK_PUBLISHABLE_KEY is refused",
    { ...clerk, CLERK_PUBLISHABLE_KEY: "sk_live_1" },
    /CLERK_PUBLISHABLE_KEY/
  ],
  [
    "a CLERK_PUBLISHABLE_KEY whose host has a space is refused",
    { ...clerk, CLERK_PUBLISHABLE_KEY: publishableKeyOf("a.example 'unsafe-inline'") },
    /CLERK_PUBLISHABLE_KEY/
  ],
  ["production without CLERK_ISSUER is refused", { ...without("CLERK_ISSUER"), ...production }, /CLERK_ISSUER/],
  ["production without CLERK_JWT_KEY is refused", { ...without("CLERK_JWT_KEY"), ...production }, /CLERK_JWT_KEY/],
  [
    "production with DEVELOPMENT_SIGN_IN is refused",
    { ...clerk, ...production, DEVELOPMENT_SIGN_IN: "true" },
    /not for production/
  ],
  [
    "production with a secret key of a development instance is refused",
    { ...clerk, ...production, CLERK_SECRET_KEY: "sk_test_1" },
    /development instance/
  ],
  ["production with the issuer of a development instance is refused", {
    ...clerk,
    ...production,
    CLERK_ISSUER: "https://calm-cat-1.clerk.accounts.dev"
  }, /development instance/],
  ["a CLERK_JWT_KEY that is no PEM is refused", { ...clerk, CLERK_JWT_KEY: "pk_live_1" }, /not a PEM/],
  ["a CLERK_JWT_KEY of an elliptic curve is refused", { ...clerk, CLERK_JWT_KEY: elliptic }, /not a PEM/]
]

describe("the sign-in settings", () => {
  it.effect.each(cases)(
    "%s",
    ([_name, env, expected]) => Effect.map(outcome(env), (found) => assert.match(found, expected))
  )
})
