import { Schema } from "effect"
import { isReservedKey } from "./reservedKeys.ts"
import { isStorable, undocumented, unstorable } from "./Text.ts"

const maxStages = 100
const maxStageBytes = 64

/** A weight is a percentage. */
const Weight = Schema.Finite.check(
  Schema.isBetween({ minimum: 0, maximum: 100 }),
  Schema.makeFilter(
    (weight: number) => Number(weight.toFixed(2)) === weight || "must have at most two decimals",
    undocumented
  )
)

const faultOfStage = (stage: string): string | undefined => {
  if (!isStorable(stage)) return `its name ${unstorable}`
  if (stage === "" || isReservedKey(stage)) return "is not the name of a stage"
  return new TextEncoder().encode(stage).length > maxStageBytes
    ? `its name must have at most ${maxStageBytes} bytes`
    : undefined
}

const faultOfStages = (weights: object) => {
  const stages = Object.keys(weights)
  if (stages.length > maxStages) return `must not have more than ${maxStages} stages`
  const faults = stages.flatMap((stage) => {
    const issue = faultOfStage(stage)
    return issue === undefined ? [] : [{ path: [stage], issue }]
  })
  return faults[0]
}

export const StageWeights = Schema.Record(Schema.String, Weight)
  .check(Schema.makeFilter(faultOfStages, { toJsonSchema: () => ({ maxProperties: maxStages }) }))
  .annotate({
    identifier: "StageWeights",
    description:
      "The weight of each stage, in percent from 0 to 100 with at most two decimals. A stage that is absent has no weight."
  })
export type StageWeights = typeof StageWeights.Type
