/** A `Pace` tells a generator when to pause. Copying one entry is work of 1. */
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
