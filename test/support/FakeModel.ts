import { Effect, Schema } from "effect"
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http"
import { text } from "node:stream/consumers"

/** A step is a response of the model: an error status, or a text. `serve` obeys some texts, such as `hangs`. */
type Step = number | string

const Sent = Schema.Struct({
  model: Schema.String,
  messages: Schema.Array(Schema.Struct({ role: Schema.String, content: Schema.String })),
  response_format: Schema.Struct({ json_schema: Schema.Struct({ strict: Schema.Boolean, schema: Schema.Unknown }) })
})
const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Sent))

/** Sends a response that never ends, so that a reader without a limit would never stop. */
const endless = (response: ServerResponse) => {
  const write = () => {
    while (!response.destroyed && response.write("x".repeat(65_536)));
    response.once("drain", write)
  }
  response.writeHead(200, { "content-type": "application/json" })
  write()
}

/** Imitates the chat completions of OpenAI. */
const fake = () => {
  const asked: Array<typeof Sent.Type & { readonly body: string; readonly headers: IncomingHttpHeaders }> = []
  const steps: Array<Step> = []
  let closed = 0

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    asked.push({ ...decode(body), body, headers: request.headers })
    response.once("close", () => void (closed += 1))
    const step = steps.shift() ?? 500
    if (step === "hangs") return
    if (step === "is endless") return endless(response)
    if (step === "redirects") return void response.writeHead(307, { location: "/elsewhere" }).end()
    if (typeof step === "number") return void response.writeHead(step).end("{}")
    const message = step === "refuses" ? { content: null, refusal: "no" } : { content: step, refusal: "" }
    const answer = step === "is not JSON" ? "<html>" : JSON.stringify({ choices: [{ message }] })
    return void response.writeHead(200, { "content-type": "application/json" }).end(answer)
  }
  return { asked, closed: () => closed, script: (...next: ReadonlyArray<Step>) => void steps.push(...next), serve }
}

export const fakeModel = Effect.acquireRelease(
  Effect.callback<ReturnType<typeof fake> & { readonly url: string; readonly close: () => void }>((resume) => {
    const model = fake()
    const server = createServer({ keepAliveTimeout: 0 }, (request, response) => void model.serve(request, response))
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = typeof address === "object" ? address?.port : undefined
      const close = () => {
        server.closeAllConnections()
        server.close()
      }
      resume(Effect.succeed({ ...model, url: `http://127.0.0.1:${port}/v1`, close }))
    })
  }),
  ({ close }) => Effect.sync(close)
)
