import { envFileProblem } from "./envFile.mjs"

const problem = envFileProblem()
if (problem !== undefined) {
  process.stderr.write(problem)
  process.exit(1)
}

const { HOST = "", PORT } = process.env
const host = ["", "0.0.0.0", "::"].includes(HOST) ? "127.0.0.1" : HOST
const address = `${host.includes(":") ? `[${host}]` : host}:${PORT || 3000}`

const isHealthy = await fetch(`http://${address}/health`).then(({ ok }) => ok, () => false)
process.exitCode = isHealthy ? 0 : 1
