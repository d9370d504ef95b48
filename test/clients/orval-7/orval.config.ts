import { defineConfig } from "orval"

/** npm installs orval 7 on Node 20. */
export default defineConfig({
  crm: {
    input: { target: "../../golden/openapi.json" },
    output: {
      target: "generated/crm.ts",
      client: "fetch",
      mode: "single",
      override: { enumGenerationType: "union", mutator: { path: "../orval/send.ts", name: "send" } }
    }
  }
})
