import { Config as Env, Effect, Layer, Option } from "effect"
import { Config, Misconfigured } from "../../Config.ts"
import { designModelOver } from "./DesignModel.ts"

const environment = Env.all({
  url: Config.designerUrl,
  model: Config.designerModel,
  apiKey: Config.designerApiKey,
  timeout: Config.designerTimeout,
  draftsPerDay: Config.designerDraftsPerDay
})

/** `None` means that no model makes drafts. */
export const designSettings = Effect.gen(function*() {
  const { apiKey, draftsPerDay, model, timeout, url } = yield* environment
  if (Option.isNone(url) && Option.isNone(model)) return Option.none()
  if (Option.isNone(url)) return yield* Misconfigured.because("DESIGNER_URL is missing: the address of DESIGNER_MODEL")
  if (Option.isNone(model)) {
    return yield* Misconfigured.because("DESIGNER_MODEL is missing: the name of the model at DESIGNER_URL")
  }
  return Option.some({
    url: url.value.replace(/\/+$/, ""),
    model: model.value,
    timeout,
    draftsPerDay,
    ...(Option.isSome(apiKey) && { apiKey: apiKey.value })
  })
})

export const designModelLayer = Layer.unwrap(
  Effect.map(designSettings, Option.match({ onNone: () => Layer.empty, onSome: designModelOver }))
)
