export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")

/** Over plain HTTP, a browser has no `crypto.randomUUID`. */
export const newId = (): string => hexOf(crypto.getRandomValues(new Uint8Array(16)))
