import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { AdminsOnly } from "../domain/AdminsOnly.ts"
import { TargetId } from "../domain/Ids.ts"
import { lenient } from "../domain/lenient.ts"
import { StageWeights } from "../domain/StageWeights.ts"
import {
  CreateTarget,
  Target,
  TargetExists,
  TargetList,
  TargetNotFound,
  TargetQuery,
  UpdateTarget
} from "../domain/Target.ts"
import { RequiredScope } from "./Authentication.ts"
import { location } from "./headers.ts"

const params = { targetId: TargetId }

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
  ),
  HttpApiEndpoint.get("targets", "/targets", { query: TargetQuery, success: TargetList })
    .annotate(RequiredScope, "reports:read").annotateMerge(
      OpenApi.annotations({
        identifier: "listTargets",
        summary: "List targets",
        description: "Admins get all targets of the organization, members their own. Newest first."
      })
    ),
  HttpApiEndpoint.post("createTarget", "/targets", {
    payload: lenient(CreateTarget),
    success: HttpApiSchema.WithHeaders(Target.pipe(HttpApiSchema.status(201)), location),
    error: [AdminsOnly, TargetExists]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "createTarget",
      summary: "Create a target",
      description:
        "A person or the organization has one target for each metric, filters and period. Only admins may do this."
    })
  ),
  HttpApiEndpoint.patch("updateTarget", "/targets/:targetId", {
    params,
    payload: lenient(UpdateTarget),
    success: Target,
    error: [AdminsOnly, TargetNotFound]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "updateTarget",
      summary: "Change the values of a target",
      description: "Values that are left out are not changed, and a value of null is removed. Only admins may do this."
    })
  ),
  HttpApiEndpoint.delete("removeTarget", "/targets/:targetId", {
    params,
    success: HttpApiSchema.NoContent,
    error: [AdminsOnly, TargetNotFound]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "deleteTarget",
      summary: "Delete a target",
      description: "Snapshots keep the target that they were made with. Only admins may do this."
    })
  )
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Goals",
    description: "What the admins of an organization set: targets, and the weights of a forecast."
  })
) {}
