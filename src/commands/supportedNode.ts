import { Effect } from "effect"
import { Misconfigured } from "../Config.ts"

const least = [22, 21] as const

const isSupported = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major > least[0] || (major === least[0] && minor >= least[1])
}

/** Only a built service gets as far as this on an old Node: the sources do not load there. */
export const supportedNode = (version: string) =>
  isSupported(version)
    ? Effect.void
    : Effect.fail(
      new Misconfigured({
        problems: [`Node ${least.join(".")} or later is needed; this is ${version} (npm start brings one)`]
      })
    )
