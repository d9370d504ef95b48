import { Effect, Tracer } from "effect"

/** Appends the names of the spans that start to `names`, such as `count leads.total` and `sql leads.total`. */
export const namingSpans = (names: Array<string>) =>
  Effect.withTracer(Tracer.make({
    span: (options) => {
      names.push(options.name)
      return new Tracer.NativeSpan(options)
    }
  }))
