import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { OpenApi } from "effect/http-api"
import { Api } from "../api/Api.ts"

export const openapi = Command.make(
  "openapi",
  {},
  () => Effect.suspend(() => Console.log(JSON.stringify(OpenApi.fromApi(Api), null, 2)))
).pipe(Command.withDescription("Print the contract as OpenAPI 3.1"))
