import { Config as Env, Data, Duration, Effect, Option, type Redacted, Result, Schema, SchemaIssue } from "effect"

const decodeDuration = Schema.decodeUnknownOption(Schema.DurationFromString)

const wholeNumber = (name: string, minimum: number, maximum: number) => {
  // A blank text is 0 as a number.
  const isMeant = (text: string) =>
    text.trim() !== "" && Number.isInteger(Number(text)) && Number(text) >= minimum && Number(text) <= maximum
  const hint = `Expected a whole number from ${minimum} to ${maximum}`
  const Text = Schema.String.check(Schema.makeFilter((text) => isMeant(text) || hint))
  return Env.schema(Text.pipe(Schema.decodeTo(Schema.FiniteFromString)), name)
}

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

const Party = Schema.NonEmptyString.check(
  Schema.makeFilter((text: string) =>
    text === text.trim() || `${JSON.stringify(text)} has blanks: list the parties with commas alone`
  )
)

const filled = (template: string, text: string) => URL.parse(template.replaceAll(/\{(type|id)\}/g, text))

const RecordUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const [one, other] = [filled(text, "a"), filled(text, "b")]
    const isAddress = one?.protocol === "https:" && one.origin === other?.origin &&
      text.includes("{type}") && text.includes("{id}")
    return isAddress || `${JSON.stringify(text)} is not a template such as https://crm.example/{type}/{id}`
  })
)

const httpUrl = (name: string, example: string) =>
  Env.schema(
    Schema.String.check(
      Schema.makeFilter((text: string) =>
        URL.parse(text)?.protocol.startsWith("http") === true ||
        `${JSON.stringify(text)} is not an address such as ${example}`
      )
    ),
    name
  )

export const isPercentEncoded = (part: string) => Result.isSuccess(Result.try(() => decodeURIComponent(part)))

const isRedisUrl = ({ hostname, password, pathname, protocol, username }: URL) =>
  ["redis:", "rediss:"].includes(protocol) && hostname !== "" && /^\/?\d*$/.test(pathname) &&
  [username, password].every(isPercentEncoded)

const RedisUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const url = URL.parse(text)
    return (url !== null && isRedisUrl(url)) || "Expected an address such as redis://user:password@host:6379"
  })
)

/** The value 0 turns the limit off. */
const rateLimit = (name: string, byDefault: number) => wholeNumber(name, 0, 1_000_000).pipe(Env.withDefault(byDefault))

const ServerUrl = Schema.String.check(
  Schema.makeFilter((text: string) =>
    /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "") ||
    "an address is not of the form postgres://user:password@host:port/database"
  )
)

const exporter = (name: string) => Env.Literals(["otlp", "none"], name).pipe(Env.withDefault("otlp"))

/** An empty environment variable counts as absent. */
export const Config = {
  mode: Env.Literals(["development", "test", "production"], "NODE_ENV").pipe(Env.withDefault("development")),
  host: Env.String("HOST").pipe(Env.withDefault("0.0.0.0")),
  port: wholeNumber("PORT", 0, 65_535).pipe(Env.withDefault(3000)),
  corsOrigins: Env.Array(Origin, "CORS_ORIGINS").pipe(Env.withDefault<ReadonlyArray<string>>([])),
  drainFor: duration("DRAIN_FOR", Duration.zero).pipe(Env.withDefault(Duration.zero)),
  shutdownGrace: duration("SHUTDOWN_GRACE", Duration.zero).pipe(Env.withDefault(Duration.seconds(5))),

  slowRequest: duration("SLOW_REQUEST", Duration.zero).pipe(Env.withDefault(Duration.seconds(2))),
  metricsPort: Env.option(wholeNumber("METRICS_PORT", 1, 65_535)),
  otlpEndpoint: Env.option(httpUrl("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")),
  otlpTracesEndpoint: Env.option(httpUrl("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:4318/v1/traces")),
  otlpMetricsEndpoint: Env.option(httpUrl("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://127.0.0.1:4318/v1/metrics")),
  otlpLogsEndpoint: Env.option(httpUrl("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://127.0.0.1:4318/v1/logs")),
  /** Only Effect's exporter reads this variable. */
  otlpHeaders: Env.option(Env.Redacted("OTEL_EXPORTER_OTLP_HEADERS")),
  tracesExporter: exporter("OTEL_TRACES_EXPORTER"),
  metricsExporter: exporter("OTEL_METRICS_EXPORTER"),
  logsExporter: exporter("OTEL_LOGS_EXPORTER"),

  databaseUrl: Env.option(Env.Redacted("DATABASE_URL")),
  /** Set this for migrations if DATABASE_URL leads to a connection pooler. */
  databaseDirectUrl: Env.option(Env.Redacted("DATABASE_DIRECT_URL")),
  databasePool: wholeNumber("DATABASE_POOL", 1, 1000).pipe(Env.withDefault(10)),
  databaseConnectFor: duration("DATABASE_CONNECT_FOR", Duration.zero).pipe(Env.withDefault(Duration.seconds(30))),
  databaseReplicaUrls: Env.Array(Schema.RedactedFromValue(ServerUrl), "DATABASE_REPLICA_URL").pipe(
    Env.withDefault<ReadonlyArray<Redacted.Redacted>>([])
  ),
  databaseReplicaWait: duration("DATABASE_REPLICA_WAIT", Duration.millis(1)).pipe(
    Env.withDefault(Duration.millis(100))
  ),
  dataFolder: Env.String("DATA_FOLDER").pipe(Env.withDefault(".data")),

  clerkJwtKey: Env.option(Env.Redacted("CLERK_JWT_KEY")),
  clerkSecretKey: Env.option(Env.Redacted("CLERK_SECRET_KEY")),
  clerkPublishableKey: Env.option(Env.String("CLERK_PUBLISHABLE_KEY")),
  clerkIssuer: Env.option(Env.String("CLERK_ISSUER")),
  clerkAuthorizedParties: Env.Array(Party, "CLERK_AUTHORIZED_PARTIES").pipe(
    Env.withDefault<ReadonlyArray<string>>([])
  ),
  /** If this is set, a session token must have the same `aud`. */
  clerkAudience: Env.option(Env.String("CLERK_AUDIENCE")),
  clerkApiUrl: Env.String("CLERK_API_URL").pipe(Env.withDefault("https://api.clerk.com")),
  developmentSignIn: Env.Boolean("DEVELOPMENT_SIGN_IN").pipe(Env.withDefault(false)),

  widgetTimeout: duration("WIDGET_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(5))),
  /** This limit is for all widgets of a snapshot together. */
  freezeTimeout: duration("FREEZE_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(30))),
  documentTimeout: duration("DOCUMENT_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(30))),
  recordUrl: Env.option(Env.schema(RecordUrl, "CRM_RECORD_URL")),
  /** Each of the next six limits is for one person in one minute. */
  rateLimitRequests: rateLimit("RATE_LIMIT_REQUESTS", 1_200),
  rateLimitRuns: rateLimit("RATE_LIMIT_RUNS", 600),
  rateLimitFiles: rateLimit("RATE_LIMIT_FILES", 60),
  rateLimitRecords: rateLimit("RATE_LIMIT_RECORDS", 600),
  rateLimitDesign: rateLimit("RATE_LIMIT_DESIGN", 30),
  rateLimitKeys: rateLimit("RATE_LIMIT_KEYS", 30),
  /** The limit of an organization is this number times the limit of one person. */
  rateLimitOrganization: wholeNumber("RATE_LIMIT_ORGANIZATION", 0, 10_000).pipe(Env.withDefault(20)),
  redisUrl: Env.option(Env.schema(Schema.RedactedFromValue(RedisUrl), "REDIS_URL")),
  runConcurrency: wholeNumber("RUN_CONCURRENCY", 1, 50).pipe(Env.withDefault(4)),
  replicaRows: Env.option(wholeNumber("REPLICA_ROWS", 0, 50_000_000)),
  liveStreams: wholeNumber("LIVE_STREAMS", 0, 100_000).pipe(Env.withDefault(2000)),
  liveStreamsPerPerson: wholeNumber("LIVE_STREAMS_PER_PERSON", 1, 100_000).pipe(Env.withDefault(10)),
  designerUrl: Env.option(httpUrl("DESIGNER_URL", "https://api.openai.com/v1")),
  designerModel: Env.option(Env.String("DESIGNER_MODEL")),
  designerApiKey: Env.option(Env.Redacted("DESIGNER_API_KEY")),
  designerTimeout: duration("DESIGNER_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(20))),
  /** This limit is for one organization. */
  designerDraftsPerDay: wholeNumber("DESIGNER_DRAFTS_PER_DAY", 1, 1_000_000).pipe(Env.withDefault(500)),
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
  // If an entry of a list is wrong, Effect also reports the list itself.
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
