import { defineConfig } from "orval"

/** The version that npm installs on Node 20. */
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
