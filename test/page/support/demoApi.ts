/** Tests put this small card into their reports. */
export const stat = { instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 3, h: 3 }

/** Calls the API as `person`, by default as Ana, an admin of the demo organization. */
export const demoApi = (address: (hash?: string) => string) => {
  const tokenOf = async (person = { userId: "user_ana", role: "admin" }) => {
    const body = JSON.stringify({ organizationId: "org_demo", ...person })
    const response = await fetch(address("sign-in"), { method: "POST", body })
    const { token } = JSON.parse(await response.text())
    return `Bearer ${token}`
  }

  const api = async (method: string, path: string, body?: unknown, person?: Parameters<typeof tokenOf>[0]) => {
    const response = await fetch(address().replace("/app/", `/crm-reports${path}`), {
      method,
      headers: { authorization: await tokenOf(person), "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    const text = await response.text()
    return text === "" ? undefined : JSON.parse(text)
  }

  /** Creates a report for one test and returns its id. */
  const reportWith = async (name: string, widgets: ReadonlyArray<object>, more: object = {}): Promise<string> => {
    const { id } = await api("POST", "", { title: name, layout: { widgets, ...more } })
    return id
  }

  return { api, reportWith, tokenOf }
}
