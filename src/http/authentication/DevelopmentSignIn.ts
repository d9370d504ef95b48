import { signJwt } from "@clerk/backend/jwt"
import { Clock, Context, Effect, FileSystem, Layer, Path } from "effect"
import { createPublicKey, generateKeyPair, randomUUID } from "node:crypto"
import { promisify } from "node:util"
import { Config } from "../../Config.ts"
import type { Caller, Role } from "../../domain/Caller.ts"
import { writableFolder } from "../../services/database/embedded/writableFolder.ts"
import type { SignInSettings } from "./SignInSettings.ts"

interface DevelopmentOrganization {
  readonly organizationId: string
  readonly name: string
  readonly people: ReadonlyArray<{ readonly userId: string; readonly name: string; readonly role: Role }>
}

export class DevelopmentPeople extends Context.Service<DevelopmentPeople, ReadonlyArray<DevelopmentOrganization>>()(
  "crm-reports/http/authentication/DevelopmentPeople"
) {}

const issuer = "https://development-sign-in.invalid"
const lifeSeconds = 12 * 60 * 60

const newKey = Effect.promise(() =>
  promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" }
  })
).pipe(Effect.map(({ privateKey }) => privateKey))

/** `link` is atomic, so processes that start together use the same key. */
const privateKey = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const folder = yield* Config.dataFolder
  const file = path.join(folder, "development-sign-in.pem")
  if (yield* files.exists(file)) return yield* files.readFileString(file)
  yield* writableFolder(folder)
  const draft = path.join(folder, `development-sign-in.${randomUUID()}.pem`)
  yield* files.writeFileString(draft, yield* newKey, { mode: 0o600, flag: "wx" })
  yield* files.link(draft, file).pipe(Effect.ignore, Effect.andThen(files.remove(draft)))
  return yield* files.readFileString(file)
})

export class DevelopmentSignIn extends Context.Service<DevelopmentSignIn, {
  readonly settings: SignInSettings
  tokenFor(caller: Caller): Effect.Effect<string>
}>()("crm-reports/http/authentication/DevelopmentSignIn") {
  static readonly layer = Layer.effect(
    DevelopmentSignIn,
    Effect.gen(function*() {
      const key = yield* privateKey
      const pem = createPublicKey(key).export({ type: "spki", format: "pem" }).toString()
      const header = { alg: "RS256", typ: "JWT", kid: "development" }

      const tokenFor = Effect.fnUntraced(function*({ organizationId, role, userId }: Caller) {
        const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
        const payload = {
          v: 2,
          iss: issuer,
          azp: issuer,
          sub: userId,
          sts: "active",
          iat: now,
          nbf: now,
          exp: now + lifeSeconds,
          o: { id: organizationId, rol: role }
        }
        return yield* Effect.promise(() => signJwt(payload, key, { algorithm: "RS256", header }))
      })

      return { settings: { issuer, authorizedParties: [issuer], key: { pem } }, tokenFor }
    })
  )
}
