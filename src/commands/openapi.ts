import { Console } from "effect"
import { Command, Flag } from "effect/cli"
import { document } from "../api/openapi/document.ts"
import { downgrade } from "../api/openapi/downgrade.ts"

export const openapi = Command.make(
  "openapi",
  {
    spec: Flag.Literals("spec", ["3.1", "3.0"]).pipe(
      Flag.withDescription("The version of OpenAPI; 3.0 is for older generators"),
      Flag.withDefault("3.1")
    )
  },
  ({ spec }) => Console.log(JSON.stringify(spec === "3.1" ? document() : downgrade(document()), null, 2))
).pipe(Command.withDescription("Print the contract as OpenAPI"))
