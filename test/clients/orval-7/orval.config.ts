import { defineConfig } from "orval"

/** orval 8 needs Node 22, so clients on Node 20 use orval 7. */
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
