/** A publishable key of a Clerk instance whose browsers call this host. */
export const publishableKeyOf = (host: string, kind: "live" | "test" = "live"): string =>
  `pk_${kind}_${Buffer.from(`${host}$`).toString("base64")}`
