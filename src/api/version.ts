/** The npm package and the API have the same version. */
export const version = "0.2.0"
