import type { ChildProcess } from "node:child_process"

/** Returns how many replicas the service has loaded, by its log. Throws after a load that failed. */
export const replicaLoads = ({ stdout }: ChildProcess) => {
  let log = ""
  stdout?.setEncoding("utf8").on("data", (text: string) => log += text)
  return (organizationId = ""): number => {
    const failure = log.split("\n").find((line) => line.includes("replica load failed"))
    if (failure !== undefined) throw new Error(failure)
    return log.split("\n").filter((line) => line.includes("replica loaded") && line.includes(organizationId)).length
  }
}
