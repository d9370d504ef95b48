import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { AdminsOnly } from "../domain/AdminsOnly.ts"
import { StageWeights } from "../domain/StageWeights.ts"
import { RequiredScope } from "./RequiredScope.ts"

export class GoalsGroup extends HttpApiGroup.make("goals").add(
  HttpApiEndpoint.get("stageWeights", "/settings/stage-weights", { success: StageWeights })
    .annotate(RequiredScope, "reports:read").annotateMerge(
      OpenApi.annotations({ identifier: "getStageWeights", summary: "Get the weights of the stages of deals" })
    ),
  HttpApiEndpoint.put("setStageWeights", "/settings/stage-weights", {
    payload: StageWeights,
    success: StageWeights,
    error: AdminsOnly
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "setStageWeights",
      summary: "Set the weights of the stages of deals",
      description: "Replaces all weights of the organization. `{}` takes them back. Only admins may do this."
    })
  )
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Goals",
    description: "What the admins of an organization set: the weights of a forecast."
  })
) {}
