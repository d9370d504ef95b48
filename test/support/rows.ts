export * from "../../src/testing/rows.ts"
