import { defineConfig } from "orval"

export default defineConfig({
  crm: {
    input: { target: "../../golden/openapi.json" },
    output: {
      target: "generated/crm.ts",
      client: "fetch",
      mode: "single",
      override: { enumGenerationType: "union", mutator: { path: "send.ts", name: "send" } }
    }
  }
})
