/** A browser that blocks cookies also forbids storage. */
export const ifAllowed = <A>(use: () => A): A | undefined => {
  try {
    return use()
  } catch {
    return undefined
  }
}
