import { setTimeout } from "node:timers/promises"
import { isDeepStrictEqual } from "node:util"

/** Waits until `ask` returns `wanted`. `waitForFunction` with a text is against the policy of the page. */
export const until = async (ask: () => Promise<unknown>, wanted: unknown): Promise<void> => {
  while (!isDeepStrictEqual(await ask(), wanted)) await setTimeout(20)
}
