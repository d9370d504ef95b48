import { Config as Env, ConfigProvider, Data, Duration, Effect, type Redacted, Schema, SchemaIssue } from "effect"
import {
  Address,
  duration,
  exporter,
  httpUrl,
  Mailbox,
  Origin,
  Party,
  PublicUrl,
  rateLimit,
  RecordUrl,
  RedisUrl,
  ServerUrl,
  SmtpUrl,
  wholeNumber
} from "./settingForms.ts"

export { durationText } from "./settingForms.ts"

/** An empty environment variable counts as absent. */
export const Config = {
  mode: Env.Literals(["development", "test", "production"], "NODE_ENV").pipe(Env.withDefault("development")),
  host: Env.option(Env.String("HOST")),
  port: wholeNumber("PORT", 0, 65_535).pipe(Env.withDefault(3000)),
  corsOrigins: Env.Array(Origin, "CORS_ORIGINS").pipe(Env.withDefault<ReadonlyArray<string>>([])),
  drainFor: Env.option(duration("DRAIN_FOR", Duration.zero)),
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
  clerkIssuer: Env.option(Env.schema(Address, "CLERK_ISSUER")),
  clerkAuthorizedParties: Env.Array(Party, "CLERK_AUTHORIZED_PARTIES").pipe(
    Env.withDefault<ReadonlyArray<string>>([])
  ),
  /** If this is set, a session token must have the same `aud`. */
  clerkAudience: Env.option(Env.String("CLERK_AUDIENCE")),
  clerkApiUrl: Env.schema(Address, "CLERK_API_URL").pipe(Env.withDefault("https://api.clerk.com")),
  developmentSignIn: Env.Boolean("DEVELOPMENT_SIGN_IN").pipe(Env.withDefault(false)),

  /** Without it, mails are files in the folder `outbox` of the data folder. */
  smtpUrl: Env.option(Env.schema(Schema.RedactedFromValue(SmtpUrl), "SMTP_URL")),
  mailFrom: Env.option(Env.schema(Mailbox, "MAIL_FROM")),
  /** For tests and development: webhooks of this machine, by http. */
  webhookLoopback: Env.Boolean("WEBHOOK_LOOPBACK").pipe(Env.withDefault(false)),
  /** The links in mails begin with this address. */
  publicUrl: Env.option(Env.schema(PublicUrl, "PUBLIC_URL")),

  widgetTimeout: duration("WIDGET_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(5))),
  /** This limit is for all widgets of a snapshot together. */
  freezeTimeout: duration("FREEZE_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(30))),
  documentTimeout: duration("DOCUMENT_TIMEOUT", Duration.millis(1)).pipe(Env.withDefault(Duration.seconds(30))),
  recordUrl: Env.option(Env.schema(RecordUrl, "CRM_RECORD_URL")),
  /** Each of the next six limits is for one person in one minute. */
  rateLimitRequests: rateLimit("RATE_LIMIT_REQUESTS", 6_000),
  rateLimitRuns: rateLimit("RATE_LIMIT_RUNS", 3_000),
  rateLimitFiles: rateLimit("RATE_LIMIT_FILES", 60),
  rateLimitRecords: rateLimit("RATE_LIMIT_RECORDS", 3_000),
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

  static readonly because = (problem: string) => new Misconfigured({ problems: [problem] })
}

/** Effect lists the accepted words as `Expected "a" | "b"`. */
const spoken = (message: string) =>
  /^Expected ".*" \| "/.test(message) ? message.replace("Expected", "Expected one of").replaceAll(" | ", ", ") : message

const formatted = SchemaIssue.makeFormatterStandardSchemaV1()

export const problemsOf = ({ cause }: Env.ConfigError): ReadonlyArray<string> => {
  if (cause._tag === "SourceError") return [cause.message]
  const issues = formatted(cause.issue).issues.map(({ message, path = [] }) => ({ message, path: path.map(String) }))
  // If an entry of a list is wrong, Effect also reports the list itself.
  const isImplied = (path: ReadonlyArray<string>) =>
    issues.some((other) => other.path.length > path.length && path.every((part, at) => other.path[at] === part))
  return issues.filter(({ path }) => !isImplied(path)).map(({ message, path }) => `${path[0]}: ${spoken(message)}`)
}

/** Returns the name of the environment variable that a setting reads. */
export const nameOf = (config: Env.Config<unknown>): string => {
  const names = new Set<string>()
  const provider = ConfigProvider.make((path) => Effect.sync(() => void names.add(String(path[0]))))
  Effect.runSyncExit(Effect.provide(config, ConfigProvider.layer(provider)))
  return [...names].join(" ")
}

/** Some programs that read a file such as `.env`, for example `docker run --env-file`, keep quotation marks. */
const isQuoted = (text: string) => /^(["']).*\1$/s.test(text)

const problemsIn = Effect.fnUntraced(function*(config: Env.Config<unknown>) {
  const name = nameOf(config)
  const provider = yield* ConfigProvider.ConfigProvider
  const given = yield* Effect.orElseSucceed(provider.load([name]), () => undefined)
  if (isQuoted(given?.value ?? "")) {
    return [`${name} begins and ends with a quotation mark, which is part of the value: remove both marks`]
  }
  return yield* Effect.match(config, { onFailure: problemsOf, onSuccess: (): ReadonlyArray<string> => [] })
})

export const checkConfig = Effect.forEach(Object.values(Config), problemsIn).pipe(
  Effect.flatMap((found) => {
    const problems = found.flat()
    return problems.length === 0 ? Effect.void : Effect.fail(new Misconfigured({ problems }))
  })
)
