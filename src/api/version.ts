/** Version of the contract and of the npm package. */
export const version = "0.2.0"
