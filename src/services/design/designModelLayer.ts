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

export const designModelLayer = Layer.unwrap(Effect.gen(function*() {
  const { apiKey, draftsPerDay, model, timeout, url } = yield* environment
  if (Option.isNone(url) && Option.isNone(model)) return Layer.empty
  if (Option.isNone(url)) {
    return yield* new Misconfigured({ problems: ["DESIGNER_URL is missing: the address of the model"] })
  }
  if (Option.isNone(model)) return yield* new Misconfigured({ problems: ["DESIGNER_MODEL is missing: its name"] })
  return designModelOver({
    url: url.value.replace(/\/+$/, ""),
    model: model.value,
    timeout,
    draftsPerDay,
    ...(Option.isSome(apiKey) && { apiKey: apiKey.value })
  })
}))
