export const sheddingNanos = 250_000_000n

export const recentMarks = (nanos: bigint) => {
  const markedAt = new Map<string, bigint>()
  const dropOld = (now: bigint) => {
    for (const [key, at] of markedAt) {
      if (now - at < nanos) return
      markedAt.delete(key)
    }
  }
  return {
    mark: (key: string, now: bigint) => {
      dropOld(now)
      markedAt.delete(key)
      markedAt.set(key, now)
    },
    has: (key: string, now: bigint): boolean => {
      dropOld(now)
      return markedAt.has(key)
    },
    size: () => markedAt.size
  }
}
