const missing = {
  report: { statusCode: 404, error: "Not Found", message: "There is no such report.", code: "report_not_found" },
  snapshot: { statusCode: 404, error: "Not Found", message: "There is no such snapshot.", code: "snapshot_not_found" },
  subscription: {
    statusCode: 404,
    error: "Not Found",
    message: "There is no such subscription.",
    code: "subscription_not_found"
  },
  key: { statusCode: 404, error: "Not Found", message: "There is no such key.", code: "key_not_found" },
  target: { statusCode: 404, error: "Not Found", message: "There is no such target.", code: "target_not_found" }
}

/** Returns the body of a 404 for a request such as `GET /crm-reports/{id}`. */
export const missingFrom = (request: string) => {
  if (request.includes("{keyId}")) return missing.key
  if (request.includes("{targetId}")) return missing.target
  if (request.includes("{subscriptionId}")) return missing.subscription
  return request.includes("{id}") ? missing.report : missing.snapshot
}
