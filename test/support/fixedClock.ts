export { standingStill as at } from "../../src/testing/standingStill.ts"
