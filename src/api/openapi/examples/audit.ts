const event = {
  id: "c7f1f0a2-3b0e-4a57-9a55-0b7f0f8d6e11",
  at: "2026-10-01T09:30:00.000Z",
  userId: "user_bea",
  withKey: false,
  action: "share",
  object: "report",
  objectId: "0b9f4c1e-7f0a-4a0e-8a53-6f2a1c9d3e10",
  reportId: "0b9f4c1e-7f0a-4a0e-8a53-6f2a1c9d3e10",
  title: "Sales of the month",
  version: 4,
  restoredVersion: null,
  visibility: "people",
  people: ["user_ana"],
  channel: null,
  format: null
}

export const listAuditEvents = {
  responses: {
    200: {
      description: "A page of events.",
      examples: {
        page: { value: { results: [event], next: "1790847000000~c7f1f0a2-3b0e-4a57-9a55-0b7f0f8d6e11" } }
      }
    }
  }
}
