import { Cause, Effect, Exit, Layer, Tracer } from "effect"

/** Other attributes can contain SQL, addresses with their query, or text of a client. */
const shown = new Set([
  "http.request.method",
  "http.response.status_code",
  "http.route",
  "db.system.name",
  "db.client.connection.wait_time_ms"
])

/** The message of an error can contain text of a client. */
const failed = Exit.fail("failed")

const withoutContent = (span: Tracer.Span): Tracer.Span => {
  const attribute = span.attribute.bind(span)
  const end = span.end.bind(span)
  return Object.assign(span, {
    attribute: (key: string, value: unknown) => {
      if (shown.has(key)) attribute(key, value)
    },
    event: () => {},
    end: (endTime: bigint, exit: Exit.Exit<unknown, unknown>) =>
      end(endTime, Exit.isFailure(exit) && !Cause.hasInterruptsOnly(exit.cause) ? failed : exit)
  })
}

export const safeTracer = Layer.effect(
  Tracer.Tracer,
  Effect.map(Tracer.Tracer, (tracer) =>
    Tracer.make({
      context: tracer.context,
      span: (options) => withoutContent(tracer.span(options))
    }))
)
