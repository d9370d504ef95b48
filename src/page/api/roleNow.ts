import type { Person } from "../session/Session.ts"
import type { Options } from "./wire.ts"

/** The role may change while the page is open. */
export const roleNow = (person: Pick<Person, "role">, options: Pick<Options, "caller"> | undefined): Person["role"] =>
  options?.caller.role ?? person.role
