import { Agent, request } from "node:http"
import { text } from "node:stream/consumers"
import { percentile, sum } from "../bench/figures.ts"

export interface Sent {
  readonly millisBy: ReadonlyMap<Outcome, ReadonlyArray<number>>
  readonly seconds: number
  /** No request was sent later than this many milliseconds after its planned time. */
  readonly latestMillis: number
}

/** A run in which a widget fails also has status 200, so it is an outcome of its own. */
export type Outcome = `${number}` | "200 with errors" | "no response"

export interface Call {
  readonly port: number
  readonly method: "GET" | "POST"
  readonly path: string
  readonly token: string
  readonly body?: string
}

export const allMillis = ({ millisBy }: Sent) => [...millisBy.values()].flat()

export const countOf = ({ millisBy }: Sent, isCounted: (outcome: Outcome) => boolean) =>
  sum([...millisBy].filter(([outcome]) => isCounted(outcome)).map(([, { length }]) => length))

const parts = [0.5, 0.95, 0.99, 1]

export const shownMillis = (millis: ReadonlyArray<number>) =>
  parts.map((part) => `p${part * 100} ${percentile(millis, part).toFixed(1)} ms`).join(", ")

export const shownOutcomes = ({ millisBy }: Sent) =>
  [...millisBy].map(([outcome, { length }]) => `${length} × ${outcome}`).join(", ")

const hasErrors = (body: string) => body.startsWith("{\"results\":") && body.includes("\"error\":{")

const answered = (agent: Agent, { body, method, path, port, token }: Call) =>
  new Promise<Outcome>((done) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" })
    }
    const sent = request({ agent, host: "127.0.0.1", port, method, path, headers }, (response) => {
      const status = response.statusCode ?? 0
      text(response).then(
        (heard) => done(status === 200 && hasErrors(heard) ? "200 with errors" : `${status}`),
        () => done("no response")
      )
    })
    sent.once("error", () => done("no response"))
    sent.end(body)
  })

const collected = () => {
  const millisBy = new Map<Outcome, Array<number>>()
  const note = (outcome: Outcome, millis: number) => {
    millisBy.set(outcome, millisBy.get(outcome) ?? [])
    millisBy.get(outcome)?.push(millis)
  }
  return { millisBy, note }
}

const agentOf = (maxSockets: number) => new Agent({ keepAlive: true, maxSockets })

/** Sends each request at its planned time, even if earlier requests have no response yet (an open loop). */
export const send = async (calls: (index: number) => Call, aSecond: number, seconds: number): Promise<Sent> => {
  const agent = agentOf(Infinity)
  const { millisBy, note } = collected()
  const underway: Array<Promise<void>> = []
  const started = performance.now()
  let latestMillis = 0
  const one = async (index: number) => {
    const due = started + index * 1000 / aSecond
    latestMillis = Math.max(latestMillis, performance.now() - due)
    const outcome = await answered(agent, calls(index))
    note(outcome, performance.now() - due)
  }
  await new Promise<void>((done) => {
    const tick = () => {
      const due = Math.min(aSecond * seconds, Math.floor((performance.now() - started) * aSecond / 1000) + 1)
      while (underway.length < due) underway.push(one(underway.length))
      if (underway.length < aSecond * seconds) setTimeout(tick, 1)
      else done()
    }
    tick()
  })
  await Promise.all(underway)
  agent.destroy()
  return { millisBy, seconds: (performance.now() - started) / 1000, latestMillis }
}

/** Sends the next request of a connection after the response to the previous one (a closed loop). */
export const sendInTurn = async (calls: (index: number) => Call, connections: number, seconds: number) => {
  const agent = agentOf(connections)
  const { millisBy, note } = collected()
  const started = performance.now()
  const until = started + seconds * 1000
  let index = 0
  const connection = async (): Promise<void> => {
    const sentAt = performance.now()
    if (sentAt >= until) return
    note(await answered(agent, calls(index++)), performance.now() - sentAt)
    return connection()
  }
  await Promise.all(Array.from({ length: connections }, connection))
  agent.destroy()
  const sent: Sent = { millisBy, seconds: (performance.now() - started) / 1000, latestMillis: 0 }
  return sent
}
