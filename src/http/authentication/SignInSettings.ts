import { Config as Env, Effect, Option, Redacted } from "effect"
import { createPublicKey } from "node:crypto"
import { Config, Misconfigured } from "../../Config.ts"
import type { ClerkAccess } from "../../services/keys/clerk/clerkApi.ts"

const form = /^pk_(?:live|test)_([A-Za-z0-9+/_-]+=*)$/

const hostName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/

/** A publishable key contains the name of Clerk's host and `$` in base64. */
const clerkHostOf = (publishableKey: string): string | undefined => {
  const [, encoded] = form.exec(publishableKey) ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, "base64").toString("latin1")
  const host = text.slice(0, -1)
  return text.endsWith("$") && hostName.test(host) ? host : undefined
}

export interface SignInSettings {
  readonly issuer: string
  readonly authorizedParties: ReadonlyArray<string>
  readonly audience?: string
  readonly page?: { readonly publishableKey: string; readonly host: string }
  readonly key: { readonly pem: string } | ClerkAccess
  readonly keys?: ClerkAccess
}

const environment = Env.all({
  mode: Config.mode,
  jwtKey: Config.clerkJwtKey,
  secretKey: Config.clerkSecretKey,
  publishableKey: Config.clerkPublishableKey,
  issuer: Config.clerkIssuer,
  authorizedParties: Config.clerkAuthorizedParties,
  databaseUrl: Config.databaseUrl,
  apiUrl: Config.clerkApiUrl,
  audience: Config.clerkAudience,
  developmentSignIn: Config.developmentSignIn
})
type Environment = Env.Success<typeof environment>

/** Node can read a public key from a private key, so a private key would work. */
const isPrivateKey = (pem: string): boolean => pem.includes("PRIVATE KEY-----")

/** Clerk's library accepts only 2048-bit RSA keys, and reads no certificate. */
const clerkKeyIn = (pem: string): string | undefined => {
  try {
    const key = createPublicKey(pem)
    const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {}
    if (modulusLength !== 2048 || publicExponent !== 65_537n) return undefined
    return key.export({ type: "spki", format: "pem" }).toString()
  } catch {
    return undefined
  }
}

const inFile = "in a file such as .env write it in one line, with \\n instead of each line break"

const isCut = (pem: string): boolean => pem.startsWith("-----BEGIN") && !pem.includes("-----END")

const pemOf = ({ jwtKey }: Environment) => Option.map(jwtKey, (key) => Redacted.value(key).replaceAll("\\n", "\n"))

const clerkKeyOf = (env: Environment) => Option.flatMapNullishOr(pemOf(env), clerkKeyIn)

const isOfDevelopmentInstance = ({ issuer, publishableKey, secretKey }: Environment): boolean =>
  Option.exists(issuer, (address) => URL.parse(address)?.hostname.endsWith(".accounts.dev") === true) ||
  Option.exists(secretKey, (key) => Redacted.value(key).startsWith("sk_test_")) ||
  Option.exists(publishableKey, (key) => key.startsWith("pk_test_"))

const namesClerk = (env: Environment): boolean =>
  Option.isSome(env.issuer) || Option.isSome(env.jwtKey) || Option.isSome(env.secretKey) ||
  Option.isSome(env.publishableKey) || env.authorizedParties.length > 0

const isDevelopmentSignIn = (env: Environment): boolean =>
  env.mode !== "production" && (env.developmentSignIn || (!namesClerk(env) && Option.isNone(env.databaseUrl)))

const problemsOf = (env: Environment): ReadonlyArray<string> => {
  const isProduction = env.mode === "production"
  const usesClerk = namesClerk(env)
  const alternative = isProduction ? "" : ", or DEVELOPMENT_SIGN_IN=true to try the service without Clerk"
  const rules: ReadonlyArray<readonly [isBroken: boolean, problem: string]> = [
    [
      !usesClerk,
      `the sign-in is missing: set CLERK_ISSUER, CLERK_AUTHORIZED_PARTIES and CLERK_JWT_KEY${alternative}`
    ],
    [
      usesClerk && Option.isNone(env.issuer),
      "CLERK_ISSUER is missing: the address that session tokens name as `iss`"
    ],
    [
      usesClerk && env.authorizedParties.length === 0,
      "CLERK_AUTHORIZED_PARTIES is missing: the origins whose tokens are accepted"
    ],
    [
      usesClerk && Option.isNone(env.jwtKey) && Option.isNone(env.secretKey),
      "CLERK_JWT_KEY or CLERK_SECRET_KEY is missing: the key that tokens are checked with"
    ],
    [
      Option.exists(pemOf(env), isPrivateKey),
      "CLERK_JWT_KEY is a private key, which must stay secret: use the public key of the Clerk instance, " +
      "which begins with -----BEGIN PUBLIC KEY-----"
    ],
    [
      Option.exists(pemOf(env), (pem) => !isPrivateKey(pem) && isCut(pem)),
      `CLERK_JWT_KEY has no -----END PUBLIC KEY-----: copy the whole key, and ${inFile}`
    ],
    [
      Option.exists(pemOf(env), (pem) => !isPrivateKey(pem) && !isCut(pem) && clerkKeyIn(pem) === undefined),
      "CLERK_JWT_KEY is not a PEM public key of RSA with 2048 bits: copy the JWKS public key of the Clerk instance, " +
      `with its lines -----BEGIN PUBLIC KEY----- and -----END PUBLIC KEY-----, and ${inFile}`
    ],
    [
      Option.exists(env.secretKey, (key) => !/^sk_(?:live|test)_\S+$/.test(Redacted.value(key))),
      "CLERK_SECRET_KEY is not a secret key of Clerk, which starts with sk_live_ or sk_test_"
    ],
    [
      Option.exists(env.publishableKey, (key) => clerkHostOf(key) === undefined),
      "CLERK_PUBLISHABLE_KEY is not a publishable key of Clerk, which starts with pk_live_ or pk_test_"
    ],
    [
      isProduction && Option.exists(env.issuer, (address) => address.startsWith("http:")),
      "CLERK_ISSUER begins with http://, and the `iss` of Clerk's tokens with https://: write it with https://"
    ],
    [
      isProduction && isOfDevelopmentInstance(env),
      "production does not start with a Clerk development instance: take the issuer and the keys of its production instance"
    ],
    [
      isProduction && env.developmentSignIn,
      "DEVELOPMENT_SIGN_IN is not for production: remove it, and set the CLERK_… variables"
    ]
  ]
  return rules.flatMap(([isBroken, problem]) => isBroken ? [problem] : [])
}

const pageOf = ({ publishableKey }: Environment): Pick<SignInSettings, "page"> => {
  const key = Option.getOrUndefined(publishableKey)
  const host = key === undefined ? undefined : clerkHostOf(key)
  return key === undefined || host === undefined ? {} : { page: { publishableKey: key, host } }
}

const keysOf = ({ apiUrl, secretKey }: Environment): Pick<SignInSettings, "keys"> =>
  Option.match(secretKey, { onNone: () => ({}), onSome: (secretKey) => ({ keys: { apiUrl, secretKey } }) })

/** Behind a proxy, both hosts may differ and be right. */
export const instanceWarnings = ({ issuer, page }: SignInSettings): ReadonlyArray<string> =>
  page === undefined || new URL(issuer).hostname === page.host ? [] : [
    `CLERK_PUBLISHABLE_KEY is of the Clerk instance at ${page.host}, and CLERK_ISSUER is ${issuer}: ` +
    "if no proxy is between them, take both from the same instance"
  ]

export const unusedClerk = Effect.map(
  environment,
  (env): ReadonlyArray<string> =>
    isDevelopmentSignIn(env) && namesClerk(env)
      ? ["DEVELOPMENT_SIGN_IN is true, so the sign-in by Clerk is not used: remove it to use the CLERK_… variables"]
      : []
).pipe(Effect.orElseSucceed((): ReadonlyArray<string> => []))

/** `None` means the development sign-in. */
export const signInSettings = Effect.gen(function*() {
  const env = yield* environment
  if (isDevelopmentSignIn(env)) return Option.none<SignInSettings>()
  const problems = problemsOf(env)
  if (problems.length > 0) return yield* new Misconfigured({ problems })
  const { apiUrl, audience, authorizedParties } = env
  return Option.some<SignInSettings>({
    issuer: Option.getOrThrow(env.issuer),
    authorizedParties,
    ...pageOf(env),
    ...keysOf(env),
    key: Option.match(clerkKeyOf(env), {
      onSome: (pem) => ({ pem }),
      onNone: () => ({ apiUrl, secretKey: Option.getOrThrow(env.secretKey) })
    }),
    ...(Option.isSome(audience) ? { audience: audience.value } : {})
  })
})
