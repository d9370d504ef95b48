/** Makes a publishable key of a Clerk instance with this host. */
export const publishableKeyOf = (host: string, kind: "live" | "test" = "live"): string =>
  `pk_${kind}_${Buffer.from(`${host}$`).toString("base64")}`
