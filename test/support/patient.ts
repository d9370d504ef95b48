import { ConfigProvider } from "effect"

/** The deadlines are so long that a busy machine cannot reach them. */
export const patient = ConfigProvider.layer(
  ConfigProvider.fromEnv({ env: { WIDGET_TIMEOUT: "1 hour", FREEZE_TIMEOUT: "1 hour" } })
)
