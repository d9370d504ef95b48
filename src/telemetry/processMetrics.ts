import { Effect, Layer } from "effect"
import { tallied, watched } from "./measure.ts"
import { cpuSeconds, memory, startTime } from "./metrics.ts"

const startedAt = Date.now() / 1000 - process.uptime()

const usedCpu = () => {
  const { system, user } = process.cpuUsage()
  return (system + user) / 1e6
}

export const ProcessMetrics = Layer.effectDiscard(Effect.all([
  watched(memory, () => process.memoryUsage.rss()),
  watched(startTime, () => startedAt),
  tallied(cpuSeconds, usedCpu)
]))
