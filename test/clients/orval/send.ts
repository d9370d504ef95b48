const origin = process.env["CRM_URL"] ?? ""

/** Adds the address of the service, and the token unless the call has one. */
export const send = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const headers = new Headers(init.headers)
  if (!headers.has("authorization")) headers.set("authorization", `Bearer ${process.env["CRM_TOKEN"]}`)
  const response = await fetch(new URL(path, origin), { ...init, headers })
  const text = await response.text()
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true
  return { status: response.status, headers: response.headers, data: isJson ? JSON.parse(text) : text } as T
}
