import { ConfigProvider } from "effect"

/** Settings without a deadline that a busy machine could reach. */
export const patient = ConfigProvider.layer(
  ConfigProvider.fromEnv({ env: { WIDGET_TIMEOUT: "1 hour", FREEZE_TIMEOUT: "1 hour" } })
)
