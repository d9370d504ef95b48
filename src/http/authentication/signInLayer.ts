import { Effect, Layer, Option } from "effect"
import { ApiKeys } from "../../services/keys/ApiKeys.ts"
import { DevelopmentSignIn } from "./DevelopmentSignIn.ts"
import { SignIn } from "./SignIn.ts"
import { SigningKeys } from "./SigningKeys.ts"
import { type SignInSettings, signInSettings } from "./SignInSettings.ts"

export const signInWith = (settings: SignInSettings) =>
  SignIn.layer(settings).pipe(
    Layer.provide(
      "pem" in settings.key ? SigningKeys.layerPem(settings.key.pem) : SigningKeys.layerRemote(settings.key)
    )
  )

const development = Effect.gen(function*() {
  const { settings } = yield* DevelopmentSignIn
  yield* Effect.logWarning(
    "Development sign-in: anyone who can read the data folder can sign in as anyone. Set CLERK_* before real use."
  )
  return signInWith(settings)
})

export const signInLayer = Layer.unwrap(
  Effect.flatMap(
    signInSettings,
    Option.match({
      onSome: (settings) => Effect.succeed(signInWith(settings)),
      onNone: () => Effect.provide(development, DevelopmentSignIn.layer)
    })
  )
)

const withClerk = ({ keys }: SignInSettings) =>
  keys === undefined ? ApiKeys.layerNotConfigured : ApiKeys.layerClerk(keys)

export const keysLayer = Layer.unwrap(
  Effect.map(signInSettings, Option.match({ onNone: () => ApiKeys.layerSql, onSome: withClerk }))
)
