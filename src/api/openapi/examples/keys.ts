const key = {
  id: "0d2f9c1e-6f0a-4c55-9b8e-1f6f6a1f2a77",
  name: "Nightly export",
  scopes: ["reports:read"],
  createdBy: "user_ana",
  createdAt: "2026-05-17T09:30:00.000Z",
  expiresAt: "2026-08-15T09:30:00.000Z"
}

export const createKey = {
  requests: {
    key: { value: { name: "Nightly export", scopes: ["reports:read"], expiresInDays: 90 } }
  },
  responses: {
    201: {
      description: "The key with its secret, which is not shown again.",
      examples: { key: { value: { ...key, secret: "ak_kept_by_the_script" } } }
    }
  }
}

export const listKeys = {
  responses: { 200: { description: "Valid keys, newest first.", examples: { keys: { value: { results: [key] } } } } }
}

export const revokeKey = { responses: { 204: { description: "Key revoked." } } }
