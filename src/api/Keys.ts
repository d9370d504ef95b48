import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import {
  CreatedKey,
  CreateKey,
  KeyId,
  KeyList,
  KeyNotFound,
  KeysNotConfigured,
  maxListedKeys
} from "../domain/ApiKey.ts"
import { lenient } from "../domain/lenient.ts"
import { location } from "./headers.ts"
import { CountsAs } from "./middleware.ts"

export class KeysGroup extends HttpApiGroup.make("keys").add(
  HttpApiEndpoint.post("create", "/keys", {
    payload: lenient(CreateKey),
    success: HttpApiSchema.WithHeaders(CreatedKey.pipe(HttpApiSchema.status(201)), location),
    error: KeysNotConfigured
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "createKey",
      summary: "Create a key for a script",
      description:
        "The key acts as its creator, with the role that the creator has at the time of each request. The response is the only one that contains `secret`."
    })
  ),
  HttpApiEndpoint.get("list", "/keys", { success: KeyList, error: KeysNotConfigured }).annotateMerge(
    OpenApi.annotations({
      identifier: "listKeys",
      summary: "List valid keys",
      description: `Members get their own keys, admins those of the organization. Newest first, at most ${
        maxListedKeys.toLocaleString("en")
      }.`
    })
  ),
  HttpApiEndpoint.delete("revoke", "/keys/:keyId", {
    params: { keyId: KeyId.annotateKey({ description: "Key id." }) },
    success: HttpApiSchema.NoContent,
    error: [KeyNotFound, KeysNotConfigured]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "revokeKey",
      summary: "Revoke a key",
      description: "The key stops within 30 seconds. Members revoke their own keys, admins any of the organization."
    })
  )
).prefix("/crm-reports").annotateEndpoints(CountsAs, "keys").annotateMerge(
  OpenApi.annotations({
    title: "Keys",
    description: "Keys for scripts. Only a session token may use these routes, never a key."
  })
) {}
