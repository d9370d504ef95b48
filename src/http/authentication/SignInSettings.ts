import { Config, Effect, Option, Redacted, Schema } from "effect"
import { createPublicKey } from "node:crypto"

export interface SignInSettings {
  readonly issuer: string
  readonly authorizedParties: ReadonlyArray<string>
  readonly audience?: string
  readonly key: { readonly pem: string } | { readonly apiUrl: string; readonly secretKey: Redacted.Redacted }
}

/** The service does not start like this: every problem at once, in words. */
export class SignInRefused extends Schema.TaggedError<SignInRefused>()("SignInRefused", {
  problems: Schema.Array(Schema.String)
}) {
  override get message() {
    return this.problems.join("\n")
  }
}

const text = (name: string) => Config.NonEmptyString(name).pipe(Config.option)

const environment = Config.all({
  mode: Config.String("NODE_ENV").pipe(Config.withDefault("development")),
  jwtKey: text("CLERK_JWT_KEY"),
  secretKey: Config.Redacted("CLERK_SECRET_KEY").pipe(Config.option),
  apiUrl: Config.String("CLERK_API_URL").pipe(Config.withDefault("https://api.clerk.com")),
  issuer: text("CLERK_ISSUER"),
  authorizedParties: Config.Array(Schema.NonEmptyString, "CLERK_AUTHORIZED_PARTIES").pipe(Config.withDefault([])),
  audience: text("CLERK_AUDIENCE"),
  databaseUrl: Config.Redacted("DATABASE_URL").pipe(Config.option),
  developmentSignIn: Config.Literals(["development", "clerk"], "SIGN_IN").pipe(Config.option)
})

/** Clerk signs with RSA of 2048 bits, and its own check takes a PEM of no other kind. */
const isClerkKey = (pem: string): boolean => {
  try {
    const { publicExponent, modulusLength } = createPublicKey(pem).asymmetricKeyDetails ?? {}
    return modulusLength === 2048 && publicExponent === 65_537n
  } catch {
    return false
  }
}

const isDevelopmentInstance = (issuer: string, secretKey: Option.Option<Redacted.Redacted>): boolean =>
  URL.parse(issuer)?.hostname.endsWith(".accounts.dev") === true ||
  Option.exists(secretKey, (key) => Redacted.value(key).startsWith("sk_test_"))

/** Clerk's settings; nothing where the development sign-in stands in for it. */
export const signInSettings: Effect.Effect<Option.Option<SignInSettings>, SignInRefused | Config.ConfigError> = Effect
  .gen(
    function*() {
      const env = yield* environment
      const issuer = Option.getOrElse(env.issuer, () => "")
      const pem = Option.map(env.jwtKey, (key) => key.replaceAll("\\n", "\n"))
      const isProduction = env.mode === "production"
      const isSet = issuer !== "" || env.authorizedParties.length > 0 || Option.isSome(pem) ||
        Option.isSome(env.secretKey)
      const wantsDevelopment = Option.contains(env.developmentSignIn, "development")
      if (!isProduction && (wantsDevelopment || (!isSet && Option.isNone(env.databaseUrl)))) return Option.none()

      const problems = [
        ...(issuer === "" ? ["CLERK_ISSUER is missing: the address that Clerk's tokens name as `iss`."] : []),
        ...(env.authorizedParties.length === 0
          ? ["CLERK_AUTHORIZED_PARTIES is missing: the origins, separated by commas, whose tokens are accepted."]
          : []),
        ...(Option.isNone(pem) && Option.isNone(env.secretKey)
          ? ["CLERK_JWT_KEY (or CLERK_SECRET_KEY) is missing: the key that tokens are checked with."]
          : []),
        ...(Option.exists(pem, (key) => !isClerkKey(key))
          ? ["CLERK_JWT_KEY is not a PEM public key of RSA with 2048 bits."]
          : []),
        ...(isProduction && isDevelopmentInstance(issuer, env.secretKey)
          ? ["These are the keys of a Clerk development instance: production does not start with them."]
          : []),
        ...(isProduction && wantsDevelopment ? ["SIGN_IN=development is not for production."] : [])
      ]
      if (problems.length > 0) return yield* new SignInRefused({ problems })
      const key = Option.match(pem, {
        onSome: (known) => ({ pem: known }),
        onNone: () => ({ apiUrl: env.apiUrl, secretKey: Option.getOrElse(env.secretKey, () => Redacted.make("")) })
      })
      return Option.some({
        issuer,
        authorizedParties: env.authorizedParties,
        key,
        ...(Option.isSome(env.audience) ? { audience: env.audience.value } : {})
      })
    }
  )
