import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Latch } from "effect"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { problemsIn } from "../../../src/commands/doctor/Finding.ts"
import { mail } from "../../../src/commands/doctor/mail.ts"
import type { Letter } from "../../../src/services/deliveries/Channel.ts"
import { Mailing } from "../../../src/services/deliveries/Mailing.ts"
import { mailSettings } from "../../../src/services/deliveries/mailSettings.ts"
import { channelsTo } from "../../support/deliveries.ts"
import { temporaryFolder } from "../../support/folder.ts"
import { logInto } from "../../support/logInto.ts"
import { smtpServer } from "../../support/smtpServer.ts"

const withEnv = (env: Record<string, string>) => Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))

const letter = (hand: Effect.Effect<boolean> = Effect.succeed(true)): Letter => ({
  id: "00000000-0000-4000-8000-000000000001",
  to: "ana@example.com",
  bytes: Buffer.from("Subject: Report\r\n\r\nNumbers\r\n"),
  hand
})

const sender = { MAIL_FROM: "Reports <reports@example.com>", PUBLIC_URL: "https://reports.example.com" }

it.effect.each(
  [
    ["smtps://user:p%40ss@mail.example", 465, true, false],
    ["smtp://user:p%40ss@mail.example", 587, false, true],
    ["smtp://user:p%40ss@mail.example:25", 25, false, false]
  ] as const
)(
  "the address %s means port %i, TLS at once: %s, and TLS later: %s",
  ([url, port, secure, requireTLS]) =>
    Effect.gen(function*() {
      const { base, from, server } = yield* mailSettings
      assert.deepStrictEqual(server, {
        host: "mail.example",
        port,
        secure,
        requireTLS,
        auth: { user: "user", pass: "p@ss" }
      })
      assert.deepStrictEqual(from, { name: "Reports", address: "reports@example.com" })
      assert.strictEqual(base, "https://reports.example.com")
    }).pipe(withEnv({ SMTP_URL: url, ...sender }))
)

it.effect.each(
  [
    [{ SMTP_URL: "http://mail.example" }, "SMTP_URL: Expected an address such as smtps://user:password@host:465"],
    [{ SMTP_URL: "smtp://mail.example" }, "MAIL_FROM is missing"],
    [{ SMTP_URL: "smtp://mail.example", MAIL_FROM: "Eve" }, "MAIL_FROM: \"Eve\" is not a sender"],
    [{ SMTP_URL: "smtp://mail.example", MAIL_FROM: "a@b.example\r\nBcc: eve@b.example" }, "is not a sender"],
    [{ SMTP_URL: "smtp://mail.example", ...sender, PUBLIC_URL: "reports.example.com" }, "is not an address such as"],
    [
      { SMTP_URL: "smtp://mail.example", ...sender, PUBLIC_URL: "https://reports.example.com/" },
      "without a / at its end"
    ]
  ] as const
)("the settings %j are refused, because %s", ([env, reason]) =>
  Effect.gen(function*() {
    const refused = yield* Effect.flip(mailSettings)
    assert.include(problemsIn(refused).map(({ text }) => text).join("; "), reason)
  }).pipe(withEnv(env)))

it.live("without SMTP_URL, a mail becomes a file of the outbox, and a second copy replaces it", () =>
  Effect.gen(function*() {
    const data = yield* temporaryFolder
    const mailing = yield* Effect.provide(Mailing, Mailing.layer).pipe(withEnv({ DATA_FOLDER: data }))
    assert.strictEqual(yield* mailing.send(letter(Effect.succeed(false))), "not_handed")
    for (const _copy of [1, 2]) assert.strictEqual(yield* mailing.send(letter()), "sent")
    const outbox = join(data, "outbox")
    assert.deepStrictEqual(readdirSync(outbox), [`${letter().id}.eml`])
    assert.deepStrictEqual(readFileSync(join(outbox, `${letter().id}.eml`)), letter().bytes)
  }))

it.live("without SMTP_URL and without a folder that can be written, a mail is sent later, and the log gives the reason", () =>
  Effect.gen(function*() {
    const file = join(yield* temporaryFolder, "file")
    writeFileSync(file, "")
    const lines: Array<string> = []
    const mailing = yield* Effect.provide(Mailing, Mailing.layer).pipe(withEnv({ DATA_FOLDER: file }))
    assert.strictEqual(yield* Effect.provide(mailing.send(letter()), logInto(lines)), "later")
    assert.lengthOf(lines, 1)
    assert.match(lines.join(), /level=WARN .*neither sent nor written to a folder: set SMTP_URL.* cannot be written/)
  }))

it.live("nothing is sent if the process no longer holds the mail", () =>
  Effect.gen(function*() {
    const server = yield* smtpServer()
    const mailing = yield* Effect.provide(Mailing, channelsTo(server.port))
    assert.strictEqual(yield* mailing.send(letter(Effect.succeed(false))), "not_handed")
    assert.strictEqual(yield* mailing.send(letter()), "sent")
    assert.strictEqual(server.mails.length, 1)
  }))

/** A server that says what `says` returns to what it reads. */
const oddServer = (greeting: string, says: (read: string) => string) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly port: number; readonly closed: Effect.Effect<void>; close(): void }>((resume) => {
      const closed = Latch.makeUnsafe()
      const server = createServer((socket) => {
        socket.on("error", () => {}).on("close", () => closed.openUnsafe())
        socket.write(greeting)
        socket.on("data", (chunk) => socket.write(says(chunk.toString())))
      })
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        const port = typeof address === "object" && address !== null ? address.port : 0
        resume(Effect.succeed({ port, closed: closed.await, close: () => server.close() }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )

it.live.each(
  [
    ["is too busy", "421 busy\r\n", "250 ok\r\n", "", "later"],
    ["refuses the sender", "220 hello\r\n", "250 ok\r\n", "550 no\r\n", "later"]
  ] as const
)(
  "if the mail server %s, the mail is sent later",
  ([_name, greeting, ok, toSender, outcome]) =>
    Effect.gen(function*() {
      const server = yield* oddServer(greeting, (line) => line.startsWith("MAIL") ? toSender : ok)
      const mailing = yield* Effect.provide(Mailing, channelsTo(server.port))
      assert.strictEqual(yield* mailing.send(letter()), outcome)
    })
)

it.live.each([530, 534, 535, 538])(
  "if the mail server refuses the sign-in with %i, the mail is sent later, and the log names the settings",
  (code) =>
    Effect.gen(function*() {
      const lines: Array<string> = []
      const server = yield* oddServer("220 hello\r\n", (line) => {
        if (line.startsWith("EHLO")) return "250-hello\r\n250 AUTH PLAIN\r\n"
        return line.startsWith("AUTH") ? `${code} no\r\n` : "221 bye\r\n"
      })
      const url = `smtp://eve:secret@127.0.0.1:${server.port}`
      const mailing = yield* Effect.provide(Mailing, Mailing.layer).pipe(withEnv({ SMTP_URL: url, ...sender }))
      assert.strictEqual(yield* Effect.provide(mailing.send(letter()), logInto(lines)), "later")
      const [line = "", ...more] = lines
      assert.deepStrictEqual(more, [])
      assert.include(line, "the mail server refuses this service: check SMTP_URL and MAIL_FROM")
      assert.include(line, `status=${code}`)
      assert.notInclude(line, "secret")
    })
)

const isLastByte = (read: string) => read.endsWith(".\r\n")

it.live.each(
  [
    ["the connection", (read: string) => read.startsWith("EHLO"), "later"],
    ["its last byte", isLastByte, "unknown"]
  ] as const
)(
  "if the time of a mail ends after %s, its connection is closed",
  ([_name, isLast, outcome]) =>
    Effect.gen(function*() {
      const deadline = new AbortController()
      const server = yield* oddServer("220 hello\r\n", (read) => {
        if (isLast(read)) deadline.abort()
        if (read.startsWith("DATA")) return "354 go on\r\n"
        return /^(EHLO|MAIL|RCPT)/.test(read) || isLastByte(read) ? "250 ok\r\n" : ""
      })
      const mailing = yield* Effect.provide(Mailing, channelsTo(server.port, Mailing.layerOver(() => deadline.signal)))
      assert.strictEqual(yield* mailing.send(letter()), outcome)
      yield* server.closed
    })
)

it.live("the doctor connects to the mail server, and says where mails go without one", () =>
  Effect.gen(function*() {
    const server = yield* smtpServer()
    const asked = (env: Record<string, string>) =>
      Effect.map(withEnv(env)(mail), ([found]) => [found?.kind, found?.text])
    const url = `smtp://127.0.0.1:${server.port}`
    assert.deepStrictEqual(yield* asked({ SMTP_URL: url, ...sender }), [
      "ok",
      "the mail server accepts the connection and the sign-in"
    ])
    const [kind, text] = yield* asked({ SMTP_URL: "smtp://eve:secret@127.0.0.1:1", ...sender })
    assert.strictEqual(kind, "problem")
    assert.notInclude(text, "secret")
    assert.deepStrictEqual(yield* asked({}), [undefined, undefined])
    const folder = yield* temporaryFolder
    const without = (data: string) =>
      asked({ DATABASE_URL: "postgres://localhost/db", DATA_FOLDER: join(folder, data) })
    const [advised, where] = yield* without("data")
    assert.strictEqual(advised, "advice")
    assert.include(where, `mails are written to ${join(folder, "data", "outbox")}, and nobody gets them`)
    assert.deepStrictEqual(readdirSync(folder), [])
    writeFileSync(join(folder, "file"), "")
    assert.match((yield* without("file")).join(), /^advice,mails can be neither sent nor written to .+: set SMTP_URL/)
    assert.isTrue(Exit.isFailure(yield* Effect.exit(asked({ SMTP_URL: url }))))
  }))
