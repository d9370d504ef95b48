import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect } from "effect"
import { DesignModel } from "../../../src/services/design/DesignModel.ts"
import { designModelLayer } from "../../../src/services/design/designModelLayer.ts"

const withSettings = (env: Record<string, string>) =>
  Effect.gen(function*() {
    const none = yield* DesignModel
    const model = yield* Effect.provide(DesignModel, designModelLayer)
    return model === none ? "search" : "model"
  }).pipe(
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
    Effect.catch(({ message }) => Effect.succeed(message)),
    Effect.scoped
  )

const url = "http://127.0.0.1:1/v1"

describe("the settings of the model for drafts", () => {
  it.effect.each(
    [
      ["without settings, drafts are made by search", {}, "search"],
      ["with DESIGNER_URL and DESIGNER_MODEL, drafts are made by the model", {
        DESIGNER_URL: url,
        DESIGNER_MODEL: "small"
      }, "model"],
      [
        "DESIGNER_URL alone is refused",
        { DESIGNER_URL: url },
        "DESIGNER_MODEL is missing: the name of the model at DESIGNER_URL"
      ],
      [
        "DESIGNER_MODEL alone is refused",
        { DESIGNER_MODEL: "small" },
        "DESIGNER_URL is missing: the address of DESIGNER_MODEL"
      ]
    ] as const
  )("%s", ([, env, expected]) =>
    Effect.gen(function*() {
      assert.strictEqual(yield* withSettings({ ...env }), expected)
    }))
})
