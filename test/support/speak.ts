import { connect } from "node:net"

export interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

const parse = (text: string): Answer => {
  const [head = "", ...rest] = text.split("\r\n\r\n")
  const [first = "", ...lines] = head.split("\r\n")
  const headers = new Map(lines.map((line) => {
    const at = line.indexOf(":")
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const
  }))
  return { status: Number(first.split(" ")[1]), headers, body: rest.join("\r\n\r\n") }
}

/** Sends exactly these bytes, and returns the response when the server closes the connection. */
export const speak = (port: number, ...said: ReadonlyArray<string | Uint8Array>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const heard: Array<Buffer> = []
    const socket = connect(port, "127.0.0.1")
    socket.on("data", (chunk) => heard.push(chunk))
    socket.on("error", (error) => heard.length > 0 ? undefined : reject(error))
    socket.on("close", () => resolve(parse(Buffer.concat(heard).toString())))
    for (const words of said) socket.write(words)
  })
