/** `request` looks like `POST /crm-reports`. A text is sent as it is, and any other body as JSON. */
export const requestOf = (token: string, request: string, body: unknown, headers: Record<string, string>) => {
  const [method = "", path = ""] = request.split(" ")
  return new Request(`http://crm.example${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) })
  })
}
