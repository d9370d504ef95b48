/**
 * `hold` makes a writer wait until `trials` more trials have ended. If `most` writers already wait, it does not wait. A
 * trial is a transaction of a writer and the run that follows.
 */
export const makeHolds = (most: number) => {
  let waiting: ReadonlyArray<{ left: number; readonly go: () => void }> = []
  let isOver = false

  const release = (isDue: (left: number) => boolean) => {
    const due = waiting.filter(({ left }) => isDue(left))
    waiting = waiting.filter((hold) => !due.includes(hold))
    for (const { go } of due) go()
  }

  return {
    hold: (trials: number) =>
      waiting.length >= most || isOver
        ? Promise.resolve()
        : new Promise<void>((go) => {
          waiting = [...waiting, { left: trials, go }]
        }),
    trialEnded: () => {
      for (const hold of waiting) hold.left -= 1
      release((left) => left <= 0)
    },
    end: () => {
      isOver = true
      release(() => true)
    }
  }
}
