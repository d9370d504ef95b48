import { Context, Data, Effect, Layer, Result } from "effect"
import type { AiError, LanguageModel, Prompt } from "effect/ai"
import { FetchHttpClient } from "effect/http"
import { CircuitBreaker, RateLimiter } from "effect/persistence"
import type { Found } from "../../design/draftOf.ts"
import type { Names } from "../../design/filtersOf.ts"
import { foundIn, instructionsFor, proposalOf } from "../../design/proposal.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { CatalogEntry } from "../../domain/CatalogEntry.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import { type ChatAccess, chatModel } from "./chatModel.ts"
import { type ModelLimits, modelLimits, NoAnswer } from "./modelLimits.ts"

const maxRepairs = 2
const maxRepeated = 8_000
const maxFaults = 2_000

interface Asked {
  readonly wish: string
  readonly entries: ReadonlyArray<CatalogEntry>
  readonly names: Names
  readonly judge: (found: Found) => Effect.Effect<ReadonlyArray<string>, Unreachable>
}

type Messages = ReadonlyArray<Prompt.MessageEncoded>

class Faulty extends Data.TaggedError("Faulty")<{
  readonly answer: string
  readonly faults: ReadonlyArray<string>
}> {}

const user = (text: string): Prompt.MessageEncoded => ({ role: "user", content: [{ type: "text", text }] })

const withFaults = (messages: Messages, { answer, faults }: Faulty): Messages => [
  ...messages,
  { role: "assistant", content: [{ type: "text", text: answer.slice(0, maxRepeated) || "{}" }] },
  user(`That answer is not valid. Answer again without these faults:\n${faults.join("\n").slice(0, maxFaults)}`)
]

const failureOf = ({ reason }: AiError.AiError): Faulty | NoAnswer => {
  switch (reason._tag) {
    case "StructuredOutputError":
      return new Faulty({ answer: reason.responseText, faults: [reason.description] })
    case "ContentPolicyError":
      return new NoAnswer({ reason: "refused" })
    case "InternalProviderError":
      return new NoAnswer({ reason: "unavailable", detail: reason.description })
    default:
      return new NoAnswer({ reason: "unavailable", detail: reason._tag })
  }
}

const drafted = (model: LanguageModel.LanguageModel, { entries, judge, names, wish }: Asked) => {
  const schema = proposalOf(entries)
  const answered = Effect.fnUntraced(function*(prompt: Messages) {
    const { text, value } = yield* model.generateObject({ objectName: "report", prompt, schema }).pipe(
      Effect.mapError(failureOf)
    )
    const found = foundIn(value, entries, names)
    if (Result.isFailure(found)) return yield* new Faulty({ answer: text, faults: found.failure })
    const faults = yield* judge(found.success)
    return faults.length === 0 ? found.success : yield* new Faulty({ answer: text, faults })
  })
  const attempt = (messages: Messages, repairs: number): Effect.Effect<Found, NoAnswer | Unreachable> =>
    answered(messages).pipe(Effect.catchTag("Faulty", (faulty) =>
      repairs === 0
        ? Effect.fail(new NoAnswer({ reason: "unusable" }))
        : attempt(withFaults(messages, faulty), repairs - 1)))
  return attempt([{ role: "system", content: instructionsFor(entries, names) }, user(wish)], maxRepairs)
}

interface Model {
  draft(caller: Caller, asked: Asked): Effect.Effect<Found, NoAnswer | Unreachable>
}

export const DesignModel = Context.Reference<Model>("crm-reports/services/design/DesignModel", {
  defaultValue: () => ({ draft: () => Effect.fail(new NoAnswer({ reason: "none" })) })
})

export const designModelOver = (settings: ChatAccess & ModelLimits) =>
  Layer.effect(
    DesignModel,
    Effect.gen(function*() {
      const model = yield* chatModel(settings)
      const limited = yield* modelLimits(settings)
      const log = throttledWarning("no model drafted a report")
      const logged = ({ detail, reason }: NoAnswer) => log({ reason, ...(detail !== undefined && { detail }) })
      return {
        draft: (caller: Caller, asked: Asked) =>
          limited(caller)(drafted(model, asked)).pipe(Effect.tapErrorTag("NoAnswer", logged))
      }
    })
  ).pipe(
    Layer.provide([
      FetchHttpClient.layer,
      CircuitBreaker.layerStoreMemory(),
      RateLimiter.layerStoreMemory
    ])
  )
