import { Effect, Layer, Option } from "effect"
import { ApiKeys } from "../../services/keys/ApiKeys.ts"
import { type SignInSettings, signInSettings } from "./SignInSettings.ts"

const withClerk = ({ keys }: SignInSettings) =>
  keys === undefined ? ApiKeys.layerNotConfigured : ApiKeys.layerClerk(keys)

export const keysLayer = Layer.unwrap(
  Effect.map(signInSettings, Option.match({ onNone: () => ApiKeys.layerSql, onSome: withClerk }))
)
