import type { Document } from "../../src/documents/Document.ts"

/** A report with these cards, as its file is made. */
export const documentWith = (cards: Document["cards"], changes: Partial<Document> = {}): Document => ({
  title: "Report",
  description: null,
  scope: "Records of 10 people",
  asOf: "2026-11-20T12:00:00.000Z",
  timeZone: "UTC",
  contentHash: null,
  theme: "light",
  locale: "en",
  cards,
  ...changes
})
