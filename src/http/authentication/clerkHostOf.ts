const form = /^pk_(?:live|test)_([A-Za-z0-9+/_-]+=*)$/

const hostName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/

/** A publishable key contains the name of Clerk's host and `$` in base64. */
export const clerkHostOf = (publishableKey: string): string | undefined => {
  const [, encoded] = form.exec(publishableKey) ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, "base64").toString("latin1")
  const host = text.slice(0, -1)
  return text.endsWith("$") && hostName.test(host) ? host : undefined
}
