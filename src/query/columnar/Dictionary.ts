/** Texts as small whole numbers, in the order in which they came; 0 is what is missing. */
export interface Dictionary {
  readonly texts: ReadonlyArray<string | null>
  codeOf(text: string): number
  /** The codes of the texts that have come already. */
  codesOf(texts: ReadonlyArray<string>): ReadonlyArray<number>
}

export const makeDictionary = (): Dictionary => {
  const texts: Array<string | null> = [null]
  const codes = new Map<string, number>()
  const codeOf = (text: string) => {
    const known = codes.get(text)
    if (known !== undefined) return known
    codes.set(text, texts.length)
    return texts.push(text) - 1
  }
  const codesOf = (asked: ReadonlyArray<string>) =>
    asked.map((text) => codes.get(text)).filter((code) => code !== undefined)
  return { texts, codeOf, codesOf }
}

/** Lists of codes, each kept once and for good: rows with the same people say so by one number; 0 is the empty list. */
export interface Lists {
  /** Without repetitions. */
  readonly all: ReadonlyArray<ReadonlyArray<number>>
  placeOf(codes: ReadonlyArray<number>): number
}

export const makeLists = (): Lists => {
  const all: Array<ReadonlyArray<number>> = [[]]
  const places = new Map([["", 0]])
  const placeOf = (codes: ReadonlyArray<number>) => {
    const once = codes.length < 2 ? codes : [...new Set(codes)].sort((a, b) => a - b)
    const key = once.join()
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, all.length)
    return all.push(once) - 1
  }
  return { all, placeOf }
}
