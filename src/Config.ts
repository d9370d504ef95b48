import { Config as Env, Data, Duration, Effect, Option, Schema, SchemaIssue } from "effect"

const decodeDuration = Schema.decodeUnknownOption(Schema.DurationFromString)

const wholeNumber = (name: string, minimum: number, maximum: number) =>
  Env.schema(Schema.FiniteFromString.check(Schema.isInt(), Schema.isBetween({ minimum, maximum })), name)

/** Node's timers overflow after 24 days. */
const longest = Duration.days(1)

const duration = (name: string, minimum: Duration.Duration) => {
  const isMeant = (text: string) => {
    const given = Option.getOrUndefined(decodeDuration(text))
    return given !== undefined && Duration.between(given, { minimum, maximum: longest })
  }
  const hint = `Expected a duration from ${Duration.format(minimum)} to ${
    Duration.format(longest)
  }, such as \`30 seconds\``
  const Text = Schema.String.check(Schema.makeFilter((text) => isMeant(text) || hint))
  return Env.schema(Text.pipe(Schema.decodeTo(Schema.DurationFromString)), name)
}

const Origin = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const url = URL.parse(text)
    if (url === null || !url.protocol.startsWith("http")) {
      return `${
        JSON.stringify(text)
      } is not an origin such as https://app.example: list every origin, separated by commas`
    }
    return url.origin === text || `${JSON.stringify(text)} is not an origin as browsers send it: write ${url.origin}`
  })
)

const filled = (template: string, text: string) => URL.parse(template.replaceAll(/\{(type|id)\}/g, text))

/** An address with `{type}` and `{id}` behind its host. */
const RecordUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const [one, other] = [filled(text, "a"), filled(text, "b")]
    const isAddress = one?.protocol === "https:" && one.origin === other?.origin && text.includes("{id}")
    return isAddress || `${JSON.stringify(text)} is not a template such as https://crm.example/{type}/{id}`
  })
)

/** All environment variables; an empty one counts as absent. */
export const Config = {
  mode: Env.Literals(["development", "test", "production"], "NODE_ENV").pipe(Env.withDefault("development")),
  host: Env.String("HOST").pipe(Env.withDefault("0.0.0.0")),
  /** 0 takes a free port. */
  port: wholeNumber("PORT", 0, 65_535).pipe(Env.withDefault(3000)),
  corsOrigins: Env.Array(Origin, "CORS_ORIGINS").pipe(Env.withDefault<ReadonlyArray<string>>([])),
  /** `/ready` fails this long before connections are refused. */
  drainFor: duration("DRAIN_FOR", Duration.zero).pipe(Env.withDefault(Duration.zero)),
  /** Time for open requests after SIGTERM. */
  shutdownGrace: duration("SHUTDOWN_GRACE", Duration.zero).pipe(Env.withDefault(Duration.seconds(5))),

  /** Without it the service uses an embedded PostgreSQL. */
  databaseUrl: Env.option(Env.Redacted("DATABASE_URL")),
  databasePool: wholeNumber("DATABASE_POOL", 1, 1000).pipe(Env.withDefault(10)),
  databaseConnectFor: duration("DATABASE_CONNECT_FOR", Duration.zero).pipe(Env.withDefault(Duration.seconds(30))),
  /** Holds the embedded PostgreSQL and the development key. */
  dataFolder: Env.String("DATA_FOLDER").pipe(Env.withDefault(".data")),

  clerkJwtKey: Env.option(Env.Redacted("CLERK_JWT_KEY")),
  clerkSecretKey: Env.option(Env.Redacted("CLERK_SECRET_KEY")),
  /** The page signs people in with it. */
  clerkPublishableKey: Env.option(Env.String("CLERK_PUBLISHABLE_KEY")),
  clerkIssuer: Env.option(Env.String("CLERK_ISSUER")),
  clerkAuthorizedParties: Env.Array(Schema.NonEmptyString, "CLERK_AUTHORIZED_PARTIES").pipe(
    Env.withDefault<ReadonlyArray<string>>([])
  ),
  /** Required `aud` of tokens. */
  clerkAudience: Env.option(Env.String("CLERK_AUDIENCE")),
  /** Serves signing keys unless CLERK_JWT_KEY is set. */
  clerkApiUrl: Env.String("CLERK_API_URL").pipe(Env.withDefault("https://api.clerk.com")),
  /** Accepts locally signed tokens beside DATABASE_URL; refused in production. */
  developmentSignIn: Env.Boolean("DEVELOPMENT_SIGN_IN").pipe(Env.withDefault(false)),

  widgetTimeout: duration("WIDGET_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(5))),
  /** Deadline for all widgets of a snapshot together. */
  freezeTimeout: duration("FREEZE_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(30))),
  /** Deadline for one file. */
  documentTimeout: duration("DOCUMENT_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(30))),
  /** Address of a record in the CRM: https, with `{type}` and `{id}`. */
  recordUrl: Env.option(Env.schema(RecordUrl, "CRM_RECORD_URL")),
  /** Concurrent widgets per run. */
  runConcurrency: wholeNumber("RUN_CONCURRENCY", 1, 50).pipe(Env.withDefault(4)),
  /** Limit of all replicas; 0 turns them off. */
  replicaRows: wholeNumber("REPLICA_ROWS", 0, 50_000_000).pipe(Env.withDefault(0)),
  /** Hour in UTC. */
  cleanupHour: wholeNumber("CLEANUP_HOUR", 0, 23).pipe(Env.withDefault(3))
}

export class Misconfigured extends Data.TaggedError("Misconfigured")<{ readonly problems: ReadonlyArray<string> }> {
  override get message() {
    return this.problems.join("; ")
  }
}

const formatted = SchemaIssue.makeFormatterStandardSchemaV1()

export const problemsOf = ({ cause }: Env.ConfigError): ReadonlyArray<string> => {
  if (cause._tag === "SourceError") return [cause.message]
  const issues = formatted(cause.issue).issues.map(({ message, path = [] }) => ({ message, path: path.map(String) }))
  // Effect also reports a list with a wrong entry as "Expected array".
  const isImplied = (path: ReadonlyArray<string>) =>
    issues.some((other) => other.path.length > path.length && path.every((part, at) => other.path[at] === part))
  return issues.filter(({ path }) => !isImplied(path)).map(({ message, path }) => `${path[0]}: ${message}`)
}

const problemsIn = (config: Env.Config<unknown>) =>
  Effect.match(config, { onFailure: problemsOf, onSuccess: (): ReadonlyArray<string> => [] })

export const checkConfig = Effect.forEach(Object.values(Config), problemsIn).pipe(
  Effect.flatMap((found) => {
    const problems = found.flat()
    return problems.length === 0 ? Effect.void : Effect.fail(new Misconfigured({ problems }))
  })
)
