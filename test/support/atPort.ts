import { Redacted } from "effect"

export const atPort = (url: Redacted.Redacted, port: number) => {
  const parts = new URL(Redacted.value(url))
  parts.port = String(port)
  return Redacted.make(parts.href)
}
