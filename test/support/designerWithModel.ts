import { Context, Duration, Effect, Layer, Redacted } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import { Catalog } from "../../src/services/access/Catalog.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { ReportValidation } from "../../src/services/access/ReportValidation.ts"
import { Designer } from "../../src/services/design/Designer.ts"
import { designModelOver } from "../../src/services/design/DesignModel.ts"
import { fakeModel } from "./FakeModel.ts"

export const widget = (metricId: string, chart: string, more: Record<string, unknown> = {}) => ({
  metricId,
  chart,
  groupBy: null,
  title: null,
  filters: [],
  ...more
})

const head = { title: "Sales", description: "", preset: "last_quarter", bucket: "week", notUnderstood: ["horoscope"] }

/** Returns an answer of the model as JSON. */
export const proposal = (widgets: ReadonlyArray<unknown>, more: Record<string, unknown> = {}) =>
  JSON.stringify({ ...head, widgets, ...more })

export const valid = proposal([widget("deals.win_rate", "radial")])

/** Makes a designer that asks a fake model and allows 20 drafts a day. */
export const designerWithModel = Effect.fnUntraced(function*(tables: Tables, ana: Caller) {
  const model = yield* fakeModel
  const settings = { model: "small", apiKey: Redacted.make("secret"), timeout: Duration.seconds(20), draftsPerDay: 20 }
  const context = yield* Layer.build(
    Designer.layer.pipe(
      Layer.provide(designModelOver({ url: model.url, ...settings })),
      Layer.provide(ReportValidation.layer),
      Layer.provide([Catalog.layer, BuilderOptions.layerMemory(tables), Organizations.layerMemory(tables)])
    )
  )
  const designer = Context.get(context, Designer)
  return { design: (wish = "deals won", who = ana) => designer.design(who, wish), model }
})
