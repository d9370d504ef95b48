import type { Mutation } from "./mutations.ts"

/** With these faults, an API key may do more than it should, or for longer. */
export const keyMutations: ReadonlyArray<Mutation> = [
  {
    name: "the key scopes of a key are ignored",
    file: "src/domain/Caller.ts",
    find: "needed !== \"session\" && scopes.includes(needed)",
    replace: "scopes.length > 0 && needed !== \"session\"",
    tests: ["api/access"]
  },
  {
    name: "a key can create keys",
    file: "src/domain/Caller.ts",
    find: "needed !== \"session\" && scopes.includes(needed)",
    replace: "needed === \"session\" || scopes.includes(needed)",
    tests: ["api/access", "services/keys/keyRequests"]
  },
  {
    name: "a key in PostgreSQL without expiresInDays does not expire",
    file: "src/services/keys/own/ownKeys.ts",
    find: "expiresInDays = defaultKeyDays,",
    replace: "expiresInDays = 36_500 + defaultKeyDays,",
    tests: ["services/keys/keys"]
  },
  {
    name: "a key at Clerk without expiresInDays does not expire",
    file: "src/services/keys/clerk/clerkKeys.ts",
    find: "expiresInDays = defaultKeyDays,",
    replace: "expiresInDays = 36_500 + defaultKeyDays,",
    tests: ["services/keys/keys"]
  },
  {
    name: "an endpoint without a key scope is open to keys",
    file: "src/api/Authentication.ts",
    find: "=> \"session\"",
    replace: "=> \"reports:read\"",
    tests: ["api/access"]
  },
  {
    name: "every key in PostgreSQL acts as an admin",
    file: "src/services/keys/own/ownKeys.ts",
    find: "{ organizationId, userId, role, scopes }",
    replace: "{ organizationId, userId, role: \"admin\" as const, scopes }",
    tests: ["services/keys/keys", "services/keys/keyGate"]
  },
  {
    name: "the secret of a key in PostgreSQL is not compared",
    file: "src/services/keys/own/ownKeys.ts",
    find: " || !isSecretOf(parts.secret, row.hash)",
    replace: "",
    tests: ["services/keys/keys"]
  },
  {
    name: "expired keys are valid",
    file: "src/services/keys/own/sql.ts",
    find: " OR k.expires_at > now()",
    replace: " OR k.expires_at > '-infinity'",
    tests: ["services/keys/keys"]
  },
  {
    name: "a member revokes the keys of others",
    file: "src/services/keys/own/ownKeys.ts",
    find: "role === \"admin\" ? undefined : userId",
    replace: "role === \"admin\" ? userId : undefined",
    tests: ["services/keys/keys", "api/access"]
  },
  {
    name: "a key of another organization is revoked at Clerk",
    file: "src/services/keys/clerk/clerkKeys.ts",
    find: "subject === organizationId && (role === \"admin\" || created_by === userId)",
    replace: "subject !== \"\" && organizationId !== \"\" && (role === \"admin\" || created_by === userId)",
    tests: ["services/keys/keys"]
  },
  {
    name: "an outage of Clerk is taken for an unknown key",
    file: "src/services/keys/clerk/clerkApi.ts",
    find: "status === 404",
    replace: "status >= 400",
    tests: ["services/keys/clerkOutages", "services/keys/keyRequests"]
  },
  {
    name: "bad requests open the circuit breaker of all organizations",
    file: "src/services/keys/clerk/clerkApi.ts",
    find: "status === 401 || status === 429 || status >= 500",
    replace: "status >= 400",
    tests: ["services/keys/clerkOutages"]
  },
  {
    name: "unknown keys delay valid keys",
    file: "src/services/admission/limits.ts",
    find: "unknown_keys: { places: 6, most: mostOf(6)",
    replace: "unknown_keys: { places: 60, most: anyNumber",
    tests: ["services/keys/clerkOutages"]
  },
  {
    name: "a key is listed twice if another key is made meanwhile",
    file: "src/services/keys/clerk/clerkKeys.ts",
    find: "[...new Map(found.map((key) => [key.id, key])).values()]",
    replace: "found",
    tests: ["services/keys/clerkKeys"]
  },
  {
    name: "revoked and expired keys are listed",
    file: "src/services/keys/clerk/clerkKeys.ts",
    find: "isValid(key) && mayManage(caller, key)",
    replace: "(isValid(key) || true) && mayManage(caller, key)",
    tests: ["services/keys/clerkKeys"]
  },
  {
    name: "a verified key is remembered for five minutes",
    file: "src/services/keys/clerk/clerkCallers.ts",
    find: "const keyMillis = 30_000",
    replace: "const keyMillis = 300_000",
    tests: ["services/keys/clerkKeys"]
  },
  {
    name: "the role of a key's person is remembered for a minute",
    file: "src/services/keys/clerk/clerkCallers.ts",
    find: "const roleMillis = 5_000",
    replace: "const roleMillis = 60_000",
    tests: ["services/keys/keys", "services/keys/clerkKeys"]
  },
  {
    name: "a key that was revoked at Clerk stays remembered",
    file: "src/services/keys/clerk/clerkCallers.ts",
    find: "identity?.keyId === id",
    replace: "identity?.keyId === id && id.length > 64",
    tests: ["services/keys/clerkKeys", "services/keys/keys"]
  },
  {
    name: "a revocation at Clerk makes the service forget all keys",
    file: "src/services/keys/clerk/clerkCallers.ts",
    find: "identity?.keyId === id",
    replace: "identity?.keyId !== \"\" && id.length > 0",
    tests: ["services/keys/clerkKeys"]
  },
  {
    name: "a list of keys in PostgreSQL has one key too many",
    file: "src/services/keys/own/sql.ts",
    find: "LIMIT ${maxListedKeys}",
    replace: "LIMIT 1 + ${maxListedKeys}",
    tests: ["services/keys/keys"]
  },
  {
    name: "with the development sign-in, a key of an unknown person acts as an admin",
    file: "src/commands/knownPeople.ts",
    find: "?? \"member\"",
    replace: "?? \"admin\"",
    tests: ["services/keys/developmentRoles"]
  },
  {
    name: "each unread response counts toward a budget of its own",
    file: "src/http/middleware/responseBudget.ts",
    find: "reserve(response, owner, bytes)",
    replace: "reserve(response, `${owner} ${crypto.randomUUID()}`, bytes)",
    tests: ["http/responseBudget"]
  },
  {
    name: "a response is aborted although its client has read all that was sent",
    file: "src/http/middleware/responseBudget.ts",
    find: "if (response.writableLength > 0) abort(response)",
    replace: "abort(response)",
    tests: ["http/responseBudget"]
  },
  {
    name: "a client that stops reading a file of records keeps its connection",
    file: "src/http/middleware/pipeline.ts",
    find: "if (body._tag === \"Stream\") reserve(",
    replace: "if (body._tag === \"Stream\" && body.contentType === \"text/event-stream\") reserve(",
    tests: ["http/responseOwner"]
  },
  {
    name: "unread responses count toward no person's budget",
    file: "src/http/door.ts",
    find: "Effect.as(noteCaller(caller), caller)",
    replace: "Effect.succeed(caller)",
    tests: ["http/responseOwner"]
  },
  {
    name: "after the wall clock was set back, a revoked key or a demoted person keeps its rights",
    file: "src/services/keys/clerk/clerkCallers.ts",
    find: ",\n    byMonotonicClock\n",
    replace: "\n",
    tests: ["services/keys/clerkKeys"]
  },
  {
    name: "after the wall clock was set back, a verified token stays valid",
    file: "src/http/authentication/SignIn.ts",
    find: "clock.monotonicTimeNanosUnsafe() - verifiedAt < maxCacheNanos",
    replace: "clock.monotonicTimeNanosUnsafe() >= verifiedAt",
    tests: ["http/tokenAges"]
  }
]
