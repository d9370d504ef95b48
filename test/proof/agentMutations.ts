import type { Mutation } from "./mutations.ts"

/** With these faults, an agent gets more than its caller may see, or a check of requests or answers is missing. */
export const agentMutations: ReadonlyArray<Mutation> = [
  {
    name: "an agent's run is made as if its caller were an admin",
    file: "src/http/mcp/handlers.ts",
    find: "runs.run(caller, request)",
    replace: "runs.run({ ...caller, role: \"admin\" as const }, request)",
    tests: ["services/agents/mcp", "services/agents/mcpGate"]
  },
  {
    name: "an agent's records are read as if its caller were an admin",
    file: "src/http/mcp/handlers.ts",
    find: "records.page(caller,",
    replace: "records.page({ ...caller, role: \"admin\" as const },",
    tests: ["services/agents/mcpGate"]
  },
  {
    name: "a member's agent finds admin-only metrics",
    file: "src/http/mcp/handlers.ts",
    find: "catalog.entriesFor(caller)",
    replace: "catalog.entriesFor({ ...caller, role: \"admin\" as const })",
    tests: ["services/agents/mcp"]
  },
  {
    name: "an agent's report is drafted as if its caller were an admin",
    file: "src/http/mcp/handlers.ts",
    find: "designer.design(caller, prompt)",
    replace: "designer.design({ ...caller, role: \"admin\" as const }, prompt)",
    tests: ["services/agents/mcp"]
  },
  {
    name: "an agent freezes a report as if its caller were an admin",
    file: "src/http/mcp/handlers.ts",
    find: "freezing.freeze(caller, reportId, request)",
    replace: "freezing.freeze({ ...caller, role: \"admin\" as const }, reportId, request)",
    tests: ["services/agents/mcpGate"]
  },
  {
    name: "a repeated run with larger buckets is made as if its caller were an admin",
    file: "src/services/agents/AgentRuns.ts",
    find: "runner.run(caller, { ...request, widgets })",
    replace: "runner.run({ ...caller, role: \"admin\" as const }, { ...request, everyone: true, widgets })",
    tests: ["services/agents/mcp"]
  },
  {
    name: "an agent gets no rows if the repeated run with larger buckets is late",
    file: "src/services/agents/AgentRuns.ts",
    find: "other === undefined || other.error !== undefined",
    replace: "other === undefined",
    tests: ["services/agents/mcp"]
  },
  {
    name: "a repeated run for an agent has buckets that are too small",
    file: "src/services/agents/AgentRuns.ts",
    find: "({ rows }) => rows <= maxRows",
    replace: "({ rows }) => rows > 0",
    tests: ["services/agents/agentRuns"]
  },
  {
    name: "a run for an agent is repeated although its answer cannot fit",
    file: "src/services/agents/AgentRuns.ts",
    find: "length: next.rows - 2",
    replace: "length: next.rows * 0",
    tests: ["services/agents/agentRuns"]
  },
  {
    name: "the tools for agents ignore the key scopes of a key",
    file: "src/http/Mcp.ts",
    find: "hasScope(caller, scope)",
    replace: "hasScope(caller, scope) || scope !== \"reports:read\"",
    tests: ["services/agents/mcp"]
  },
  {
    name: "an initialize request from a page of any origin gets an answer",
    file: "src/http/mcp/withoutSession.ts",
    find: "checked.status === 200 ? own : checked",
    replace: "checked.status === 500 ? checked : own",
    tests: ["http/mcp/mcpHttp"]
  },
  {
    name: "the body of a request to /mcp is not checked",
    file: "src/http/Mcp.ts",
    find: "admitted(caller, \"requests\")(checkBody)",
    replace: "admitted(caller, \"requests\")(HttpServerRequest.HttpServerRequest)",
    tests: ["http/mcp/mcpHttp"]
  },
  {
    name: "answers to agents have no size limit",
    file: "src/services/agents/AgentRuns.ts",
    find: "maxAnswerBytes = 10_000",
    replace: "maxAnswerBytes = 10_000_000",
    tests: ["services/agents/mcp", "http/mcp/mcpTokens"]
  },
  {
    name: "an error for an agent lists every wrong argument",
    file: "src/http/Mcp.ts",
    find: "const maxBytes = 32_000",
    replace: "const maxBytes = 32_000_000",
    tests: ["http/mcp/mcpTokens"]
  }
]
