import { Effect, Option } from "effect"
import { access, constants } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import { Config } from "../../Config.ts"
import { transportTo } from "../../services/deliveries/Mailing.ts"
import { mailSettings, type SmtpServer } from "../../services/deliveries/mailSettings.ts"
import { advice, type Findings, ok, problem } from "./Finding.ts"

/** Connects and signs in, without a mail. */
const asked = (server: SmtpServer) =>
  Effect.tryPromise(() => transportTo(server).verify()).pipe(
    Effect.timeout("10 seconds"),
    Effect.match({
      onSuccess: (): Findings => [ok("the mail server accepts the connection and the sign-in")],
      onFailure: (): Findings => [
        problem(
          `the mail server at ${server.host}:${server.port} does not accept this service: check SMTP_URL, with its user and password`
        )
      ]
    })
  )

/** The service makes a missing folder. A folder that the doctor makes could belong to another user than the service. */
const canWrite = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === "ENOENT" ? canWrite(dirname(folder)) : false
  )

const intoFiles = Effect.gen(function*() {
  if (Option.isNone(yield* Config.databaseUrl)) return []
  const folder = join(yield* Config.dataFolder, "outbox")
  const found = (yield* Effect.promise(() => canWrite(resolve(folder))))
    ? `mails are written to ${folder}, and nobody gets them`
    : `mails can be neither sent nor written to ${folder}`
  return [advice(`${found}: set SMTP_URL to send reports by e-mail`)]
})

export const mail = Effect.flatMap(
  mailSettings,
  ({ server }): Effect.Effect<Findings, Effect.Error<typeof intoFiles>> =>
    server === undefined ? intoFiles : asked(server)
)
