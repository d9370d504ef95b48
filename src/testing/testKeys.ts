import { Effect, Layer } from "effect"
import type { Role } from "../domain/Caller.ts"
import { ApiKeys } from "../services/keys/ApiKeys.ts"
import { Roles } from "../services/keys/own/ownKeys.ts"

export type RoleOf = (organizationId: string, userId: string) => Role | undefined

export const testKeys = (roleOf: RoleOf = () => "member") =>
  ApiKeys.layerMemory.pipe(
    Layer.provide(
      Layer.succeed(Roles, { of: (organizationId, userId) => Effect.sync(() => roleOf(organizationId, userId)) })
    )
  )
