/** The names of tags, by what came and went: in whatever order that is told, one name is left. */
interface TagNames {
  append(weight: number, id: string, name: string): void
  nameOf(id: string): string | undefined
}

export const makeTagNames = (): TagNames => {
  const weights = new Map<string, Map<string, number>>()
  const append = (weight: number, id: string, name: string) => {
    const names = weights.get(id) ?? new Map<string, number>()
    const sum = (names.get(name) ?? 0) + weight
    if (sum === 0) names.delete(name)
    else names.set(name, sum)
    weights.set(id, names)
  }
  const nameOf = (id: string) => [...weights.get(id) ?? []].find(([, weight]) => weight > 0)?.[0]
  return { append, nameOf }
}
