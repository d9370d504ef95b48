import { Effect } from "effect"
import { type ParsedMail, simpleParser } from "mailparser"
import { SMTPServer } from "smtp-server"

export interface Received {
  readonly to: string
  readonly raw: Buffer
  readonly messageId: string
  readonly isMarked: boolean
}

/** At the end of a mail, the server accepts the mail, answers with a code, or closes the connection. */
export type Answer = "accept" | "close" | number

const header = (text: string, name: string) => new RegExp(`^${name}: (.+)\r$`, "im").exec(text)?.[1] ?? ""

const refusal = (responseCode: number) => Object.assign(new Error("no"), { responseCode })

/** A real mail server, until the scope closes. It keeps every mail whose last byte it got. */
export const smtpServer = Effect.fnUntraced(function*(port = 0) {
  const mails: Array<Received> = []
  const behaviour = { answer: (_to: string): Answer => "accept", onMail: (_count: number): void => {} }
  const sockets = new Set<{ destroy(): unknown }>()
  const server = yield* Effect.acquireRelease(
    Effect.callback<SMTPServer>((resume) => {
      const made = new SMTPServer({
        authOptional: true,
        disabledCommands: ["STARTTLS"],
        disableReverseLookup: true,
        onData: (stream, { envelope }, done) => {
          const chunks: Array<Buffer> = []
          stream.on("data", (chunk: Buffer) => chunks.push(chunk))
          stream.on("end", () => {
            const raw = Buffer.concat(chunks)
            const text = raw.toString("latin1")
            const to = envelope.rcptTo[0]?.address ?? ""
            mails.push({
              to,
              raw,
              messageId: header(text, "Message-ID"),
              isMarked: header(text, "X-May-Be-Repeated") === "yes"
            })
            const answer = behaviour.answer(to)
            if (answer === "close") { for (const socket of sockets) socket.destroy() }
            else done(answer === "accept" ? null : refusal(answer))
            behaviour.onMail(mails.length)
          })
        }
      })
      made.on("error", () => {})
      made.server.on("connection", (socket) => {
        sockets.add(socket)
        socket.on("error", () => {}).on("close", () => sockets.delete(socket))
      })
      made.listen(port, "127.0.0.1", () => resume(Effect.succeed(made)))
    }),
    (made) =>
      Effect.callback<void>((resume) => {
        for (const socket of sockets) socket.destroy()
        made.close(() => resume(Effect.void))
      })
  )
  const address = server.server.address()
  return { mails, behaviour, port: typeof address === "object" && address !== null ? address.port : 0 }
})

export const parsed = ({ raw }: Received): Effect.Effect<ParsedMail> =>
  Effect.promise(() => simpleParser(raw, { skipImageLinks: true }))
