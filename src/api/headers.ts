import { Schema } from "effect"

/** The header of a 201 response. */
export const location = { location: Schema.String }

export const reportLocation = (id: string) => `/crm-reports/${id}`
export const snapshotLocation = (id: string) => `/crm-reports/snapshots/${id}`
export const keyLocation = (id: string) => `/crm-reports/keys/${id}`
export const subscriptionLocation = (id: string) => `/crm-reports/subscriptions/${id}`
export const targetLocation = (id: string) => `/crm-reports/targets/${id}`

/** The header of a response that has a version. */
export const etag = { etag: Schema.String }

const sent = (description: string) => Schema.optionalKey(Schema.String.annotate({ description, examples: ["\"3.2\""] }))

export const ifNoneMatch = {
  "if-none-match": sent("An `ETag` that you have. If it is still current, the response is 304 without a body.")
}

export const ifMatch = {
  "if-match": sent("An `ETag` that you have read. If the report has changed since, the response is 412.")
}
