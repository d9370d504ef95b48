import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Context, Effect, Layer } from "effect"
import { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import { Catalog } from "../../src/services/access/Catalog.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { ReportValidation } from "../../src/services/access/ReportValidation.ts"
import { Designer } from "../../src/services/design/Designer.ts"
import { designModelLayer } from "../../src/services/design/designModelLayer.ts"
import { lists } from "./lists.ts"
import { callerOf, faultsOf, tables } from "./score.ts"
import type { Wish } from "./Wish.ts"

const designer = Designer.layer.pipe(
  Layer.provide(ReportValidation.layer),
  Layer.provide([Catalog.layer, BuilderOptions.layerMemory(tables), Organizations.layerMemory(tables)])
)

/** Each wish has a service of its own, so that the limits of a person do not apply. */
const tried = <E>(model: Layer.Layer<never, E>, wish: Wish) =>
  Effect.gen(function*() {
    const { design } = Context.get(yield* Layer.build(Layer.provide(designer, model)), Designer)
    const designed = yield* design(callerOf(wish), wish.wish)
    const faults = faultsOf(wish, designed)
    const way = designed.notes.length === 0 ? designed.by : `${designed.by}: ${designed.notes.join(" ")}`
    yield* Console.log(`${faults.length === 0 ? "right" : "wrong"}  ${wish.wish}  (${[way, ...faults].join("; ")})`)
    return faults.length === 0
  }).pipe(Effect.scoped)

const scoreOf = Effect.fnUntraced(function*<E>(name: string, model: Layer.Layer<never, E>, list: ReadonlyArray<Wish>) {
  const right = yield* Effect.forEach(list, (wish) => tried(model, wish))
  yield* Console.log(`\n${name}: ${right.filter(Boolean).length} of ${list.length}\n`)
})

/** Without DESIGNER_URL and DESIGNER_MODEL, the last score is a score of the search, too. */
Effect.gen(function*() {
  for (const { name, wishes } of lists) yield* scoreOf(`${name}, by search`, Layer.empty, wishes)
  yield* scoreOf("all wishes, by the model if one is set", designModelLayer, lists.flatMap(({ wishes }) => wishes))
}).pipe(NodeRuntime.runMain)
