export interface LiveEvent {
  readonly id: string | undefined
  /** A comment has no name. */
  readonly name: string | undefined
  readonly data: string
}

export type LiveEvents = ReadableStream<LiveEvent>

/** The service sends a comment after 15 quiet seconds, so a longer silence means a dead connection. */
export const silence = 40_000

const eventOf = (text: string): LiveEvent => {
  const [, id, name, data = ""] = /^(?:id: (.+)\n)?event: (.+)\ndata: (.+)/.exec(text) ?? []
  return { id, name, data }
}

export const liveEvents = ({ body }: Response): LiveEvents => {
  let text = ""
  const events = new TransformStream<string, LiveEvent>({
    transform: (chunk, controller) => {
      const parts = (text + chunk).split("\n\n")
      text = parts.pop() ?? ""
      for (const part of parts) controller.enqueue(eventOf(part))
    }
  })
  return (body ?? new Blob([]).stream()).pipeThrough(new TextDecoderStream()).pipeThrough(events)
}
