/** Published entry point for tests against the service. */
export { demoOrganizations } from "./data/demoOrganizations.ts"
export type { Tables } from "./metrics/crm.ts"
export { demoTables } from "./testing/demoTables.ts"
export { call, deal, email, euros, lead, member, noTables, percents, share, spell, task, time } from "./testing/rows.ts"
export { signTestToken, type TestPerson } from "./testing/signTestToken.ts"
export { signedInAs, testApp, type TestAppOptions, testHandler } from "./testing/testApp.ts"
