/** The npm package has the same version as the contract. */
export const version = "0.2.0"
