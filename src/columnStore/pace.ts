/** A `Pace` tells a generator when to pause. `work` is counted in copied entries. */
export type Pace = (work: number) => boolean

export const makePace = (piece: number): Pace => {
  let done = 0
  return (work) => {
    done += work
    if (done < piece) return false
    done = 0
    return true
  }
}
