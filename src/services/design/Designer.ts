import { Context, Effect, Layer } from "effect"
import { draftOf } from "../../design/draftOf.ts"
import { type MetricIndex, metricIndex } from "../../design/metricIndex.ts"
import { search } from "../../design/search.ts"
import type { Caller, Role } from "../../domain/Caller.ts"
import type { Design } from "../../domain/Design.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { BuilderOptions } from "../access/BuilderOptions.ts"
import { Catalog } from "../access/Catalog.ts"

const bySearch = "This service has no model. Words of the catalog were searched."

/** Drafts a report from a wish in plain words. Nothing is stored. */
export class Designer extends Context.Service<Designer, {
  design(caller: Caller, wish: string): Effect.Effect<Design, Unreachable>
}>()("crm-reports/services/design/Designer") {
  static readonly layer = Layer.effect(
    Designer,
    Effect.gen(function*() {
      const [catalog, options] = [yield* Catalog, yield* BuilderOptions]
      const indexes = new Map<Role, MetricIndex>()

      const indexFor = (caller: Caller) => {
        const index = indexes.get(caller.role) ?? metricIndex(catalog.entriesFor(caller))
        indexes.set(caller.role, index)
        return index
      }

      const design = Effect.fnUntraced(function*(caller: Caller, wish: string) {
        const names = yield* options.of(caller)
        const found = search(wish, indexFor(caller), names)
        const designed: Design = {
          ...draftOf(found, catalog.entriesFor(caller), names),
          by: "search",
          notes: [bySearch]
        }
        return designed
      })
      return { design }
    })
  )
}
