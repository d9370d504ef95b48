import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Design, DesignRequest } from "../domain/Design.ts"
import { RequiredScope } from "./Authentication.ts"
import { CountsAs } from "./middleware.ts"

export class DesignGroup extends HttpApiGroup.make("design").add(
  HttpApiEndpoint.post("design", "/design", { payload: DesignRequest, success: Design }).annotate(
    RequiredScope,
    "design"
  ).annotate(CountsAs, "design").annotateMerge(
    OpenApi.annotations({
      identifier: "designReport",
      summary: "Draft a report from a wish in plain words",
      description:
        "Nothing is stored: send `draft` to `POST /crm-reports` to save it. A language model makes the draft if the service has one. Otherwise, and if the model gives no usable answer, the words of the wish are searched in the catalog."
    })
  )
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({ title: "Design", description: "Drafts of reports from plain words." })
) {}
