import type { Mutation } from "./mutations.ts"

/** With these faults, several processes or versions disturb each other at one database. */
export const instanceMutations: ReadonlyArray<Mutation> = [
  {
    name: "each process makes marks of its own, so a process that ends within an hour deletes no changes",
    file: "src/services/replica/ChangeCleanup.ts",
    find: "INSERT INTO crm_capture.cleanup_marks (server) SELECT ${server}",
    replace: "INSERT INTO crm_capture.cleanup_marks (server) SELECT ${server} || pg_backend_pid()",
    tests: ["services/replica/changeCleanup"]
  },
  {
    name: "a process replaces the cursor secret that another process stores",
    file: "src/services/access/Organizations.ts",
    find: "DO UPDATE SET secret = s.secret RETURNING s.secret",
    replace: "DO UPDATE SET secret = EXCLUDED.secret RETURNING s.secret",
    tests: ["commands/cursorSecrets"]
  },
  {
    name: "the cursor secret is written although it is stored",
    file: "src/services/access/Organizations.ts",
    find: "stored.length === 0 ? storeSecret",
    replace: "stored.length >= 0 ? storeSecret",
    tests: ["commands/cursorSecrets"]
  },
  {
    name: "a start without a missing migration takes the lock of migrations",
    file: "src/services/database/migrator.ts",
    find: "(yield* missing).length === 0) return []",
    replace: "(yield* missing).length < 0) return []",
    tests: ["services/database/rollingBack"]
  },
  {
    name: "every database that a newer version migrated is accepted",
    file: "src/services/database/migrator.ts",
    find: "id > newest && !isAddition(name)",
    replace: "id < 0 && !isAddition(name)",
    tests: ["services/database/rollingBack"]
  },
  {
    name: "a database to which a newer version only added is refused",
    file: "src/services/database/migrator.ts",
    find: "name.startsWith(\"add_\")",
    replace: "name === \"add_\"",
    tests: ["services/database/rollingBack"]
  },
  {
    name: "migrations use the connection of DATABASE_URL although DATABASE_DIRECT_URL is set",
    file: "src/services/database/Database.ts",
    find: "onSome: (client) => Effect.provide(work, client)",
    replace: "onSome: () => work",
    tests: ["services/database/directUrl"]
  },
  {
    name: "migrate accepts a DATABASE_DIRECT_URL that names another database than DATABASE_URL",
    file: "src/services/database/migrator.ts",
    find: "if (left === undefined) return names",
    replace: "if (left === undefined || names.length > 0) return names",
    tests: ["services/database/directUrl"]
  },
  {
    name: "with several hosts, sessions are opened at a standby",
    file: "src/services/database/hosts.ts",
    find: "mustWrite ? { [writeSetting]: \"off\" } : {}",
    replace: "mustWrite ? {} : {}",
    tests: ["services/database/hosts"]
  },
  {
    name: "after the wall clock was set back during an outage, no key is checked at Clerk again",
    file: "src/services/keys/clerk/clerkApi.ts",
    find: "byMonotonicClock(circuit.execute(byWallClock(answered(request, schema)), { key: \"clerk\", classify }))",
    replace: "circuit.execute(answered(request, schema), { key: \"clerk\", classify })",
    tests: ["services/keys/clerkOutages"]
  },
  {
    name: "after the wall clock was set back, connections go to a host that was lost",
    file: "src/domain/shared.ts",
    find: "Effect.forkDetach(byMonotonicClock(once))",
    replace: "Effect.forkDetach(once)",
    tests: ["services/database/hosts", "domain/shared", "http/system"]
  },
  {
    name: "after the wall clock was set back, what no caller uses stays open",
    file: "src/domain/shared.ts",
    find: "byMonotonicClock(Scope.close(scope, exit))",
    replace: "Scope.close(scope, exit)",
    tests: ["domain/shared"]
  },
  {
    name: "the hosts after the first one are not tried",
    file: "src/services/database/hosts.ts",
    find: "others.map(hostOf)]",
    replace: "others.map(hostOf).slice(1)]",
    tests: ["services/database/hosts"]
  },
  {
    name: "a cleanup waits for rows that another process has locked",
    file: "src/services/reports/oldRows.ts",
    find: "FOR UPDATE SKIP LOCKED",
    replace: "FOR UPDATE",
    tests: ["services/reports/cleanup"]
  },
  {
    name: "the metrics end when a process begins to drain",
    file: "src/App.ts",
    find: "Layer.provide(Layer.merge(Server, Prometheus)),",
    replace: "Layer.merge(Prometheus),\n  Layer.provide(Server),",
    tests: ["http/draining"]
  }
]
