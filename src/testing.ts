/** What a test against the service imports: the real service in memory, tokens it accepts, and rows for it to count. */
export { demoOrganizations } from "./data/demoOrganizations.ts"
export type { Tables } from "./metrics/crm.ts"
export { demoTables } from "./testing/demoTables.ts"
export { call, deal, email, euros, lead, member, noTables, percents, share, spell, task, time } from "./testing/rows.ts"
export { signTestToken, type TestPerson } from "./testing/signTestToken.ts"
export { signedInAs, testApp, type TestAppOptions, testHandler } from "./testing/testApp.ts"
