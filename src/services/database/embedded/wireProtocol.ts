const cancelRequest = 80877102
const terminate = 0x58

interface Taken {
  readonly messages: Buffer
  readonly rest: Buffer
  readonly isStarting: boolean
  readonly isTerminated: boolean
}

export const isCancelRequest = (chunk: Buffer): boolean => chunk.length === 16 && chunk.readInt32BE(4) === cancelRequest

/** In the protocol of PostgreSQL, the first message of a connection has no type byte. */
export const takeMessages = (bytes: Buffer, hasStarted: boolean): Taken => {
  let end = 0
  let started = hasStarted
  while (true) {
    const typeBytes = started ? 1 : 0
    if (bytes.length < end + typeBytes + 4) break
    const size = typeBytes + bytes.readInt32BE(end + typeBytes)
    if (bytes.length < end + size) break
    if (started && bytes[end] === terminate) {
      return { messages: bytes.subarray(0, end), rest: Buffer.alloc(0), isStarting: false, isTerminated: true }
    }
    end += size
    started = true
  }
  return {
    messages: bytes.subarray(0, end),
    rest: bytes.subarray(end),
    isStarting: started && !hasStarted,
    isTerminated: false
  }
}
