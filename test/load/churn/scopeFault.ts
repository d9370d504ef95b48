import { Clock, Effect } from "effect"
import type { Scope } from "../../../src/domain/Scope.ts"
import { scopeFor, selectedBy } from "../../../src/services/access/Gating.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import type { Question } from "../../support/ask.ts"

/** Compares the scope of a run with the members and settings that are stored now. */
export const scopeFault = Effect.fnUntraced(function*({ caller, request }: Question, scope: Scope) {
  const { lookUp } = yield* Organizations
  const selected = selectedBy(caller, request)
  const membership = yield* lookUp(caller.organizationId, selected)
  const wanted = scopeFor(caller, selected, membership, yield* Clock.currentTimeMillis)
  const [found, stored] = [JSON.stringify(scope), JSON.stringify(wanted)]
  return found === stored ? [] : [`another scope: ${found} instead of ${stored}`]
})
