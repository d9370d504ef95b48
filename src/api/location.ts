import { Schema } from "effect"

/** The header of a 201 response. */
export const location = { location: Schema.String }

export const reportLocation = (id: string) => `/crm-reports/${id}`
export const snapshotLocation = (id: string) => `/crm-reports/snapshots/${id}`
export const keyLocation = (id: string) => `/crm-reports/keys/${id}`
export const subscriptionLocation = (id: string) => `/crm-reports/subscriptions/${id}`
export const targetLocation = (id: string) => `/crm-reports/targets/${id}`
