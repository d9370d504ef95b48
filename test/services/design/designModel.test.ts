import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Design } from "../../../src/domain/Design.ts"
import { designerWithModel, proposal, valid, widget } from "../../support/designerWithModel.ts"
import { logInto } from "../../support/logInto.ts"
import { caller } from "../../support/TestApp.ts"
import { tables } from "../../wishes/score.ts"

const ana = caller("admin", "ana")

const scene = designerWithModel(tables, ana)

const idsOf = ({ draft }: Design) => draft.layout.widgets.map(({ metricId }) => metricId)

describe("drafts by a model", () => {
  it.effect("a valid answer of the model becomes the draft", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      const more = { groupBy: "source", title: "Where from", filters: [{ field: "tag", name: "VIP" }] }
      const widgets = [widget("deals.win_rate", "radial"), widget("leads.created_over_time", "area", more)]
      model.script(proposal(widgets))
      const { by, draft, notes, notUnderstood, understood } = yield* design()
      assert.deepStrictEqual({ by, notes, notUnderstood }, { by: "model", notes: [], notUnderstood: ["horoscope"] })
      assert.deepStrictEqual(draft.defaultTimeframe, { preset: "last_quarter", bucket: "week" })
      assert.deepStrictEqual(draft.layout.widgets[1], {
        instanceId: "leads.created_over_time.1",
        metricId: "leads.created_over_time",
        chart: "area",
        groupBy: "source",
        title: "Where from",
        filters: { tag: ["11111111-1111-4111-8111-111111111111"] },
        x: 0,
        y: 4,
        w: 12,
        h: 7
      })
      assert.deepStrictEqual(understood, ["Win rate", "New leads, by source, only tag VIP", "Last quarter, by week"])
      assert.strictEqual(model.asked[0]?.headers.authorization, "Bearer secret")
    }))

  it.effect("a metric of deals is filtered by the lead behind each deal, and the model is offered this filter", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script(proposal([widget("deals.win_rate", "radial", { filters: [{ field: "tag", name: "VIP" }] })]))
      const { by, draft } = yield* design()
      const { filters } = draft.layout.widgets[0] ?? {}
      assert.deepStrictEqual([by, filters], ["model", { leadTag: ["11111111-1111-4111-8111-111111111111"] }])
      const lines = model.asked[0]?.messages[0]?.content.split("\n") ?? []
      assert.match(lines.find((line) => line.startsWith("deals.win_rate |")) ?? "", /filters: tag, source$/)
      assert.notInclude(lines.join("\n"), "leadTag")
    }))

  it.effect.each(
    [
      [
        "a chart that the metric does not have",
        proposal([widget("deals.win_rate", "pie")]),
        "deals.win_rate supports only"
      ],
      [
        "a grouping that the metric does not have",
        proposal([widget("leads.created_over_time", "area", { groupBy: "x" })]),
        "supports only: status"
      ],
      ["an invented metric", proposal([widget("deals.happiness", "bar")]), "Expected a metricId"],
      [
        "an unknown tag",
        proposal([widget("leads.total", "stat", { filters: [{ field: "tag", name: "Nope" }] })]),
        "no tag named"
      ],
      [
        "a filter that the metric does not have",
        proposal([widget("calls.connect_rate", "radial", { filters: [{ field: "tag", name: "VIP" }] })]),
        "has no filter tag"
      ],
      ["a description that cannot be stored", proposal([], { description: "\u0000" }), "NUL"],
      ["thirteen widgets", proposal(Array.from({ length: 13 }, () => widget("leads.total", "stat"))), "12"],
      ["prose", "Sure, here is your report!", "JSON"],
      ["a cut answer", "{\"title\": \"Sa", "JSON"],
      ["nothing", "", "No text"]
    ] as const
  )(
    "a model that answers with %s is asked again, and is told the fault",
    ([, wrong, fault]) =>
      Effect.gen(function*() {
        const { design, model } = yield* scene
        model.script(wrong, valid)
        const designed = yield* design()
        assert.deepStrictEqual([designed.by, idsOf(designed)], ["model", ["deals.win_rate"]])
        assert.strictEqual(model.asked.length, 2)
        assert.include(model.asked[1]?.messages.at(-1)?.content, fault)
      })
  )

  it.effect("the model's title is cut to 80 characters, and its list notUnderstood to 20 entries", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      const title = `<img src=x onerror=alert(1)> ${"x".repeat(10_000)}`
      model.script(
        proposal([], { title, notUnderstood: Array.from({ length: 500 }, (_, index) => `${index} ${"y".repeat(150)}`) })
      )
      const { by, draft, notUnderstood } = yield* design()
      assert.deepStrictEqual([by, draft.title.length, notUnderstood.length], ["model", 80, 20])
      assert.isTrue(draft.title.startsWith("<img src=x onerror=alert(1)>"))
      assert.isTrue(notUnderstood.every(({ length }) => length <= 100))
    }))

  it.effect("the draft is made by search after three invalid answers of the model", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.script("no", "no", "no", valid)
      const { by, notes } = yield* design()
      assert.deepStrictEqual([by, notes], ["search", [
        "The model gave no valid draft. Words of the catalog were searched."
      ]])
      assert.strictEqual(model.asked.length, 3)
    }))

  it.effect.each(
    [
      ["status 429", 429, "cannot be reached"],
      ["status 500", 500, "cannot be reached"],
      ["status 401", 401, "cannot be reached"],
      ["a body that is not JSON", "is not JSON", "cannot be reached"],
      ["a body that never ends", "is endless", "cannot be reached"],
      ["a valid draft of more than 128 KiB", proposal([], { description: "x".repeat(131_072) }), "cannot be reached"],
      ["a redirect", "redirects", "cannot be reached"],
      ["a refusal of the wish", "refuses", "refused the wish"]
    ] as const
  )(
    "the draft is made by search after one request to a model that answers with %s",
    ([, step, note]) =>
      Effect.gen(function*() {
        const { design, model } = yield* scene
        model.script(step, valid)
        const { by, notes } = yield* design()
        assert.strictEqual(by, "search")
        assert.include(notes[0], note)
        assert.strictEqual(model.asked.length, 1)
      })
  )

  it.effect("the draft is made by search when the model refuses the connection", () =>
    Effect.gen(function*() {
      const { design, model } = yield* scene
      model.close()
      assert.strictEqual((yield* design()).by, "search")
    }))

  it.effect("the log names the code of the error when the model refuses the connection", () => {
    const lines: Array<string> = []
    const log = logInto(lines)
    return Effect.gen(function*() {
      const { design, model } = yield* scene
      model.close()
      yield* design("our horoscope")
      assert.include(lines.join("\n"), "TransportError ECONNREFUSED")
      assert.notInclude(lines.join("\n"), "horoscope")
    }).pipe(Effect.provide(log))
  })
})
