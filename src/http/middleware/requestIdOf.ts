import { randomUUID } from "node:crypto"

const acceptable = /^[A-Za-z0-9._-]{1,64}$/

/** The id that the caller brought in `X-Request-Id`, where it is harmless to repeat, or a new one. */
export const requestIdOf = (brought: string | undefined): string =>
  brought !== undefined && acceptable.test(brought) ? brought : randomUUID()
