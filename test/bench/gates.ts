/** A gate chooses whose rows a request counts. A small group differs from the group of the previous request. */
export interface Gate {
  readonly name: string
  readonly peopleAt: (turn: number) => ReadonlyArray<string>
}

const some = (people: ReadonlyArray<string>, count: number) => (turn: number) =>
  Array.from({ length: count }, (_, index) => people[(turn + index) % people.length] ?? "")

export const gatesOf = (people: ReadonlyArray<string>): ReadonlyArray<Gate> => [
  { name: "a member", peopleAt: some(people, 1) },
  { name: "5 people", peopleAt: some(people, 5) },
  { name: `everyone (${people.length})`, peopleAt: () => people }
]
