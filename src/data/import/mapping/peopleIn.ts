import { Effect, Stream } from "effect"
import type { Fault } from "../ImportRefused.ts"
import type { Mapping, People as PeopleFiles } from "./Mapping.ts"
import { ambiguous, People, type UserId } from "./People.ts"
import { anyRowsOf, columnIndexIn, filesFor, type RawFile, rawRowsOf, userIdsFile } from "./rawFiles.ts"
import { textOf } from "./readColumn.ts"
import { asList, columnsOf, meets } from "./words.ts"

const userIdsIn = Effect.fnUntraced(function*(files: ReadonlyArray<RawFile>) {
  const file = files.find(({ name }) => name === userIdsFile)
  if (file === undefined) return []
  const index = columnIndexIn(file)
  if (!index.has("user id") || !["email", "name", "crm id"].some((column) => index.has(column))) {
    return yield* Effect.fail<Fault>({
      place: file.path,
      reason: "this file needs the column user_id, and one or more of email, name, crm_id"
    })
  }
  const rows = yield* Stream.runCollect(anyRowsOf(file))
  const found = rows.map(({ get }): UserId => ({
    userId: get("user_id"),
    email: get("email"),
    name: get("name"),
    crmId: get("crm_id")
  }))
  const twice = ambiguous(found)
  if (twice !== undefined) {
    return yield* Effect.fail<Fault>({
      place: file.path,
      reason: `${JSON.stringify(twice)} is of two people: tell them apart by email or crm_id`
    })
  }
  return found
})

export const peopleColumns = ({ email, id, name, where }: PeopleFiles): ReadonlyArray<string> => [
  id,
  ...asList(email),
  ...asList(name).flatMap((one) => asList(one)),
  ...columnsOf(where)
]

/** The e-mail and the name of each id, from all rows that give one of them. */
const describedIn = Effect.fnUntraced(function*(files: ReadonlyArray<RawFile>, { people, read }: Mapping) {
  const described = new Map<string, { readonly email: string; readonly name: string }>()
  if (people === undefined) return described
  for (const file of filesFor(files, people.files)) {
    yield* Stream.runForEach(rawRowsOf(file, read), ({ get }) =>
      Effect.sync(() => {
        const id = get(people.id)
        if (id === "" || !meets(get, people)) return
        const before = described.get(id)
        const email = before?.email || (people.email === undefined ? "" : get(people.email))
        const name = before?.name || textOf(get, people.name)
        if (email !== "" || name !== "") described.set(id, { email, name })
      }))
  }
  return described
})

export const peopleIn = Effect.fn("peopleIn")(function*(files: ReadonlyArray<RawFile>, mapping: Mapping) {
  return new People(yield* userIdsIn(files), yield* describedIn(files, mapping))
})
