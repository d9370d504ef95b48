/** Of the contract and of the package, which is released with it. */
export const version = "0.2.0"
