import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Duration, Effect, Logger, Option } from "effect"
import { createPublicKey, generateKeyPairSync } from "node:crypto"
import { tmpdir } from "node:os"
import { sentencesOf } from "../../src/commands/cli.ts"
import { preflight } from "../../src/commands/serve.ts"
import { Config, durationText } from "../../src/Config.ts"
import { signInSettings } from "../../src/http/authentication/SignInSettings.ts"
import { publishableKeyOf } from "../support/publishableKeyOf.ts"
import { makeKeyPair } from "../support/Tokens.ts"

type Environment = Readonly<Record<string, string>>

const right: Environment = {
  NODE_ENV: "production",
  HOST: "127.0.0.1",
  PORT: "0",
  DATABASE_URL: "postgres://crm_reports@db.example/crm",
  CLERK_ISSUER: "https://clerk.crm.example",
  CLERK_AUTHORIZED_PARTIES: "https://app.crm.example,chrome-extension://abcdef",
  CLERK_JWT_KEY: makeKeyPair().publicPem,
  CLERK_PUBLISHABLE_KEY: publishableKeyOf("clerk.crm.example"),
  CORS_ORIGINS: "https://app.crm.example",
  // Kubernetes sets such variables for a service with the name `database`.
  DATABASE_PORT: "tcp://10.0.0.1:5432",
  DATABASE_SERVICE_HOST: "10.0.0.1"
}

const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
  .export({ type: "pkcs8", format: "pem" }).toString()

/** Returns the sentences with which a start ends, and its warnings. */
const started = Effect.fnUntraced(function*(env: Environment) {
  const warnings: Array<string> = []
  const logger = Logger.make(({ logLevel, message }) => {
    if (logLevel === "Warn") warnings.push(String(message))
  })
  const problems = yield* preflight.pipe(
    Effect.match({ onFailure: sentencesOf, onSuccess: (): ReadonlyArray<string> => [] }),
    Effect.provide([Logger.layer([logger]), ConfigProvider.layer(ConfigProvider.fromEnv({ env }))])
  )
  return { problems, warnings }
})

const answered = (env: Environment) => Effect.map(started(env), ({ problems, warnings }) => [...warnings, ...problems])

const wrong: ReadonlyArray<readonly [change: Environment, sentence: RegExp]> = [
  [
    { CLERK_ISSUER: "clerk.crm.example" },
    /^CLERK_ISSUER: "clerk.crm.example" is not an address .+: write it with https/
  ],
  [{ CLERK_ISSUER: "https://clerk.crm.example/" }, /^CLERK_ISSUER: .+: write https:\/\/clerk.crm.example$/],
  [{ CLERK_ISSUER: "https://clerk.crm.example?a" }, /^CLERK_ISSUER: .+: write https:\/\/clerk.crm.example$/],
  [{ CLERK_ISSUER: "" }, /^CLERK_ISSUER is missing: the address that session tokens name as `iss`$/],
  [{ CLERK_AUTHORIZED_PARTIES: "https://a.example/app" }, /^CLERK_AUTHORIZED_PARTIES: .+: write https:\/\/a.example$/],
  [{ CLERK_AUTHORIZED_PARTIES: "https://a.example/" }, /^CLERK_AUTHORIZED_PARTIES: .+: write https:\/\/a.example$/],
  [
    { CLERK_AUTHORIZED_PARTIES: "a.example" },
    /^CLERK_AUTHORIZED_PARTIES: .+ such as https:\/\/app.example: list every/
  ],
  [{ CLERK_AUTHORIZED_PARTIES: "https://a.example, https://b.example" }, /^CLERK_AUTHORIZED_PARTIES: .+: write https:/],
  [{ CLERK_AUTHORIZED_PARTIES: "" }, /^CLERK_AUTHORIZED_PARTIES is missing: the origins whose tokens are accepted$/],
  [{ CLERK_JWT_KEY: privateKey }, /^CLERK_JWT_KEY is a private key, .+: use the public key of the Clerk instance/],
  [
    { CLERK_JWT_KEY: "sk_live_1" },
    /^CLERK_JWT_KEY is not a PEM public key of RSA with 2048 bits: copy the JWKS public key .+ in one line, with \\n /
  ],
  [
    { CLERK_JWT_KEY: right["CLERK_JWT_KEY"]?.slice(0, 200) ?? "" },
    /^CLERK_JWT_KEY has no -----END PUBLIC KEY-----: copy the whole key, and in a file .+ in one line, with \\n instead/
  ],
  [{ CLERK_SECRET_KEY: "pk_live_x" }, /^CLERK_SECRET_KEY is not a secret key of Clerk, which starts with sk_live_ or/],
  [
    { CLERK_SECRET_KEY: "sk_live_x\n" },
    /^CLERK_SECRET_KEY is not a secret key of Clerk, which starts with sk_live_ or/
  ],
  [{ CLERK_ISSUER: "http://clerk.crm.example" }, /^CLERK_ISSUER begins with http:\/\/, .+: write it with https:\/\/$/],
  [{ CLERK_ISSUER: "sk_live_x" }, /^CLERK_ISSUER: the value is not an address .+: write it with https:\/\/$/],
  [
    { CORS_ORIGINS: "postgres://u:p/w@host/db" },
    /^CORS_ORIGINS: the value is not an origin such as .+: list every origin/
  ],
  [
    { CLERK_ISSUER: "\"https://a.example\"" },
    /^CLERK_ISSUER begins and ends with a quotation mark, .+: remove both marks$/
  ],
  [
    { DATABASE_URL: "'postgres://a@b/c'" },
    /^DATABASE_URL begins and ends with a quotation mark, .+: remove both marks$/
  ],
  [
    { CLERK_PUBLISHABLE_KEY: publishableKeyOf("clerk.other.example") },
    /^CLERK_PUBLISHABLE_KEY is of the Clerk instance at clerk.other.example, and .+: .+ take both from the same instance$/
  ],
  [{ CLERK_JWT_KEY: "" }, /^CLERK_JWT_KEY or CLERK_SECRET_KEY is missing: the key that tokens are checked with$/],
  [
    { CLERK_PUBLISHABLE_KEY: "sk_live_1" },
    /^CLERK_PUBLISHABLE_KEY is not a .+, which starts with pk_live_ or pk_test_$/
  ],
  [{ CLERK_SECRET_KEY: "sk_test_1" }, /^production does not start with a .+: take the issuer and the keys/],
  [
    { CLERK_ISSUER: "https://a-b-1.clerk.accounts.dev" },
    /^production does not start with a .+: take the issuer and the keys/
  ],
  [{ CLERK_API_URL: "api.clerk.com" }, /^CLERK_API_URL: "api.clerk.com" is not an address .+: write it with https/],
  [{ CLERK_API_URL: "https://api.clerk.com/" }, /^CLERK_API_URL: .+: write https:\/\/api.clerk.com$/],
  [{ DEVELOPMENT_SIGN_IN: "true" }, /^DEVELOPMENT_SIGN_IN is not for production: remove it/],
  [
    { NODE_ENV: "test", DEVELOPMENT_SIGN_IN: "true", DATA_FOLDER: tmpdir() },
    /^DEVELOPMENT_SIGN_IN is true, so the sign-in by Clerk is not used: remove it to use the CLERK_… variables$/
  ],
  [{ CORS_ORIGINS: "*" }, /^CORS_ORIGINS: "\*" is not an origin such as .+: list every origin/],
  [{ CORS_ORIGINS: "https://app.example/" }, /^CORS_ORIGINS: .+ as browsers send it: write https:\/\/app.example$/],
  [{ DATABASE_URL: "" }, /^DATABASE_URL is missing: with NODE_ENV=production the service needs a PostgreSQL server$/],
  [{ DATABASE_URL: "localhost" }, /^DATABASE_URL is not of the form postgres:\/\//],
  [{ DATABASE_URL: "postgres://u:p#w@localhost/c" }, /^DATABASE_URL is not of the form .+, such as %40 for @$/],
  [{ DATABASE_DIRECT_URL: "mysql://a@b/c" }, /^DATABASE_DIRECT_URL is not of the form postgres:\/\//],
  [{ DATABASE_REPLICA_URL: "http://a@b/c" }, /^DATABASE_REPLICA_URL: an address is not of the form postgres:\/\//],
  [{ DATABASE_POOL: "0" }, /^DATABASE_POOL: Expected a whole number from 1 to 1000$/],
  [{ DATABSE_POOL: "20" }, /^DATABSE_POOL is not a setting: write DATABASE_POOL$/],
  [{ DATABASE_POLO: "20" }, /^DATABASE_POLO is not a setting: write DATABASE_POOL$/],
  [{ database_url: "postgres://a@b/c" }, /^database_url is not a setting: write DATABASE_URL$/],
  [{ CORS_ORIGIN: "https://app.example" }, /^CORS_ORIGIN is not a setting: write CORS_ORIGINS$/],
  [{ CLERK_AUTHORIZED_PARTY: "https://a.example" }, /^CLERK_AUTHORIZED_PARTY is .+: write CLERK_AUTHORIZED_PARTIES$/],
  [
    { FREEZE_TIMEOUT: "2 seconds" },
    /^FREEZE_TIMEOUT is shorter than WIDGET_TIMEOUT, so a slow widget fails its snapshot: set it to at least 5 seconds$/
  ],
  [{ WIDGET_TIMEOUT: "5" }, /^WIDGET_TIMEOUT: Expected a duration from 1 milli to 1 day, such as `30 seconds`$/],
  [{ DESIGNER_URL: "https://a.example" }, /^DESIGNER_MODEL is missing: the name of the model at DESIGNER_URL$/],
  [{ DESIGNER_MODEL: "small" }, /^DESIGNER_URL is missing: the address of DESIGNER_MODEL$/],
  [{ PORT: "abc" }, /^PORT: Expected a whole number from 0 to 65535$/],
  [{ PORT: "45671", METRICS_PORT: "45671" }, /^METRICS_PORT is the same as PORT: set METRICS_PORT to another port$/],
  [{ HOST: "192.0.2.1" }, /^HOST is not an address of this machine .+: set HOST to 0\.0\.0\.0 or 127\.0\.0\.1$/],
  [{ REDIS_URL: "http://redis.example" }, /^REDIS_URL: Expected an address such as redis:\/\/user:password@host:6379$/],
  [{ CRM_RECORD_URL: "http://crm.example/{type}/{id}" }, /^CRM_RECORD_URL: .+ such as https:\/\/crm.example\/\{type\}/],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" },
    /^OTEL_EXPORTER_OTLP_ENDPOINT: .+ such as http:\/\/127.0.0.1:4318$/
  ],
  [{ RATE_LIMIT_RUNS: "-1" }, /^RATE_LIMIT_RUNS: Expected a whole number from 0 to 1000000$/],
  [{ NODE_ENV: "prod" }, /^NODE_ENV: Expected one of "development", "test", "production"$/]
]

describe("the settings of a new operator", () => {
  it.effect.each([1, 1_500, 90_000, 3_600_000, 86_400_000])(
    "a message writes %d milliseconds in the form that a setting has",
    (millis) =>
      Effect.gen(function*() {
        const WIDGET_TIMEOUT = durationText(Duration.millis(millis))
        const provider = ConfigProvider.fromEnv({ env: { WIDGET_TIMEOUT } })
        const read = yield* Effect.provide(Config.widgetTimeout, ConfigProvider.layer(provider))
        assert.strictEqual(Duration.toMillis(read), millis)
      })
  )

  it.effect("a public key in another PEM form checks tokens in the form that Clerk's library reads", () =>
    Effect.gen(function*() {
      const { publicPem } = makeKeyPair()
      const CLERK_JWT_KEY = createPublicKey(publicPem).export({ type: "pkcs1", format: "pem" }).toString()
      const provider = ConfigProvider.fromEnv({ env: { ...right, CLERK_JWT_KEY } })
      const settings = yield* Effect.provide(signInSettings, ConfigProvider.layer(provider))
      assert.deepStrictEqual(Option.map(settings, ({ key }) => key), Option.some({ pem: publicPem }))
    }))

  it.effect("right settings start without a warning", () =>
    Effect.map(answered(right), (sentences) => assert.deepStrictEqual(sentences, [])))

  it.effect("a start without a setting also warns of a similar name", () =>
    Effect.gen(function*() {
      const { CLERK_ISSUER, ...others } = right
      const { problems, warnings } = yield* started({ ...others, CLERK_ISUER: CLERK_ISSUER ?? "" })
      assert.lengthOf(problems, 1)
      assert.deepStrictEqual(warnings, ["CLERK_ISUER is not a setting: write CLERK_ISSUER"])
    }))

  it.effect.each(wrong)(
    "a start with %j is answered by one sentence with the remedy",
    ([change, sentence]) =>
      Effect.map(answered({ ...right, ...change }), (sentences) => {
        assert.lengthOf(sentences, 1, sentences.join("\n"))
        assert.match(sentences.join(), sentence)
        assert.notInclude(sentences.join(), "\n")
        assert.notMatch(sentences.join(), /sk_live_x|p\/w|p#w/)
      })
  )
})
