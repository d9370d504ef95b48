import { clockSkewMillis } from "../../domain/clocks.ts"
import { type Findings, ok, problem } from "./Finding.ts"

/** `theirs` is the time of the other machine, or NaN if that machine does not send its time. */
export const clockFindings = (whose: string, theirs: number, ours: number): Findings => {
  if (Number.isNaN(theirs)) return []
  const ahead = Math.round((ours - theirs) / 1000)
  if (Math.abs(ahead) * 1000 <= clockSkewMillis) return [ok(`the clock agrees with that of ${whose}`)]
  const direction = ahead > 0 ? "ahead of" : "behind"
  return [problem(
    `the clock of this machine is ${Math.abs(ahead)} seconds ${direction} that of ${whose}: synchronize it by NTP`
  )]
}
