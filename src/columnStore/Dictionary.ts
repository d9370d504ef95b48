export interface Dictionary {
  readonly texts: ReadonlyArray<string | null>
  readonly size: number
  codeOf(text: string): number
  codesOf(texts: ReadonlyArray<string>): ReadonlyArray<number>
}

export const makeDictionary = (): Dictionary => {
  const texts: Array<string | null> = [null]
  const codes = new Map<string, number>()
  const codeOf = (text: string) => {
    const code = codes.get(text)
    if (code !== undefined) return code
    codes.set(text, texts.length)
    return texts.push(text) - 1
  }
  const codesOf = (some: ReadonlyArray<string>) =>
    some.map((text) => codes.get(text)).filter((code) => code !== undefined)
  return {
    texts,
    get size() {
      return codes.size
    },
    codeOf,
    codesOf
  }
}

/** The delete of a label may be appended before its insert. */
export interface Labels {
  append(weight: number, id: string, name: string): void
  labelOf(id: string): string | undefined
  readonly size: number
}

export const makeLabels = (): Labels => {
  const weights = new Map<string, Map<string, number>>()
  const append = (weight: number, id: string, name: string) => {
    const names = weights.get(id) ?? new Map<string, number>()
    const sum = (names.get(name) ?? 0) + weight
    if (sum === 0) names.delete(name)
    else names.set(name, sum)
    if (names.size === 0) weights.delete(id)
    else weights.set(id, names)
  }
  const labelOf = (id: string) => [...weights.get(id) ?? []].find(([, weight]) => weight > 0)?.[0]
  return {
    append,
    labelOf,
    get size() {
      return weights.size
    }
  }
}
