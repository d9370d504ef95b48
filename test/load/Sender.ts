import { Agent, request } from "node:http"

/** Counts the responses by status, and lists how long each took. */
export interface Sent {
  readonly statuses: ReadonlyMap<number, number>
  readonly millis: ReadonlyArray<number>
  /** The largest delay between the planned and the actual time of a request. */
  readonly latestMillis: number
}

interface Call {
  readonly port: number
  readonly method: "GET" | "POST"
  readonly path: string
  readonly token: string
  readonly body?: string
}

const broken = 0

const answered = (agent: Agent, { body, method, path, port, token }: Call) =>
  new Promise<number>((done) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" })
    }
    const sent = request({ agent, host: "127.0.0.1", port, method, path, headers }, (response) => {
      response.resume()
      response.once("end", () => done(response.statusCode ?? broken))
    })
    sent.once("error", () => done(broken))
    sent.end(body)
  })

/** Each request is sent at its planned time, even if earlier ones are unanswered (an open loop). */
export const send = async (calls: (index: number) => Call, aSecond: number, seconds: number): Promise<Sent> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const statuses = new Map<number, number>()
  const millis: Array<number> = []
  const underway: Array<Promise<void>> = []
  const started = performance.now()
  let latestMillis = 0
  const one = async (index: number) => {
    const due = started + index * 1000 / aSecond
    latestMillis = Math.max(latestMillis, performance.now() - due)
    const status = await answered(agent, calls(index))
    millis.push(performance.now() - due)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
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
  return { statuses, millis, latestMillis }
}
