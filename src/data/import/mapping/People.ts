import { counted } from "../../../domain/counted.ts"
import { folded } from "./words.ts"

/** A line of the file `user-ids.csv`. */
export interface UserId {
  readonly userId: string
  readonly email: string
  readonly name: string
  readonly crmId: string
}

interface Described {
  readonly email: string
  readonly name: string
}

interface Member {
  /** Empty if the export and `user-ids.csv` give no name. */
  readonly name: string
  readonly said: string
  readonly rows: number
}

/** The names of several people. Two accounts with one e-mail are one person. */
const sharedNamesIn = (described: ReadonlyMap<string, Described>): ReadonlySet<string> => {
  const people = Map.groupBy(described, ([, { name }]) => folded(name))
  const isShared = ([name, accounts]: readonly [string, ReadonlyArray<readonly [string, Described]>]) =>
    name !== "" && new Set(accounts.map(([id, { email }]) => folded(email) || id)).size > 1
  return new Set([...people].filter(isShared).map(([name]) => name))
}

const keysOf = ({ crmId, email, name }: UserId) => [email, name, crmId].map(folded).filter((key) => key !== "")

/** Gives the people of an export their user ids, and counts the rows of each person without one. */
export class People {
  readonly #ids: ReadonlyMap<string, UserId>
  readonly #described: ReadonlyMap<string, Described>
  readonly #sharedNames: ReadonlySet<string>
  readonly #members = new Map<string, Member>()
  readonly #unknown = new Set<string>()

  constructor(userIds: ReadonlyArray<UserId>, described: ReadonlyMap<string, Described>) {
    this.#described = described
    this.#ids = new Map(userIds.flatMap((person) => keysOf(person).map((key) => [key, person] as const)))
    this.#sharedNames = sharedNamesIn(described)
    for (const { email, name, userId } of userIds) {
      const before = this.#members.get(userId)
      const said = before === undefined || before.said === userId ? email || userId : before.said
      this.#members.set(userId, { name: before?.name || name, said, rows: 0 })
    }
  }

  /** `said` is an id, a name, or an e-mail. A name that several people have finds none of them. */
  idOf(said: string): string {
    const { email, name } = this.#described.get(said) ?? { email: "", name: "" }
    const own = email || (this.#sharedNames.has(folded(name)) ? "" : name) || said
    const known = [email, name, said].map(folded).filter((key) => !this.#sharedNames.has(key))
      .map((key) => this.#ids.get(key)).find((one) => one !== undefined)
    const userId = known?.userId ?? `crm:${own.trim().toLowerCase()}`
    const before = this.#members.get(userId) ?? { name, said: own, rows: 0 }
    if (known === undefined) this.#unknown.add(userId)
    this.#members.set(userId, { ...before, name: before.name || name, rows: before.rows + 1 })
    return userId
  }

  /** The user ids and names of the people with a name. */
  get named(): ReadonlyArray<readonly [string, string]> {
    return [...this.#members].filter(([, { name }]) => name !== "").map(([userId, { name }]) => [userId, name])
  }

  /** The user ids of the people without a name, and the words that stand for their names. */
  get unnamed(): ReadonlyArray<readonly [string, string]> {
    return [...this.#members].filter(([, { name }]) => name === "").map(([userId, { said }]) => [userId, said])
  }

  get warnings(): ReadonlyArray<string> {
    return [...this.#unknown].map((userId) => {
      const { rows, said } = this.#members.get(userId) ?? { rows: 0, said: userId }
      return `${
        counted(rows, "value names", "values name")
      } ${said}, who is not in user-ids.csv and gets the id ${userId}`
    })
  }
}

/** A name that two people have finds neither of them. */
export const ambiguous = (userIds: ReadonlyArray<UserId>): string | undefined => {
  const owners = new Map<string, string>()
  for (const person of userIds) {
    for (const key of keysOf(person)) {
      const owner = owners.get(key) ?? person.userId
      if (owner !== person.userId) return key
      owners.set(key, owner)
    }
  }
  return undefined
}
