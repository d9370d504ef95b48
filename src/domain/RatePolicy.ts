export const ratePolicies = ["requests", "runs", "files", "records", "design", "keys"] as const

export type RatePolicy = (typeof ratePolicies)[number]
