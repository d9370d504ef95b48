import { assert, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"

const rules = readFileSync(join(import.meta.dirname, "../../docs/observability/alerts.yaml"), "utf8")

const expressionOf = (alert: string) => new RegExp(`alert: ${alert}\\n +expr: (.*)`).exec(rules)?.[1] ?? ""

type Labels = Readonly<Record<string, string>>

const matchers: Record<string, (value: string, text: string) => boolean> = {
  "=": (value, text) => value === text,
  "!=": (value, text) => value !== text,
  "=~": (value, text) => new RegExp(`^(?:${text})$`).test(value),
  "!~": (value, text) => !new RegExp(`^(?:${text})$`).test(value)
}

/** Returns true if the first selector of the metric in the expression selects a series with these labels. */
const selects = (expression: string, metric: string, labels: Labels): boolean => {
  const selector = new RegExp(`${metric}\\{([^}]*)\\}`).exec(expression)?.[1]
  assert.isDefined(selector, `no selector of ${metric}`)
  return [...selector.matchAll(/(\w+)(=~|!~|!=|=)"([^"]*)"/g)].every(([, label = "", operator = "", text = ""]) =>
    matchers[operator]?.(labels[label] ?? "", text)
  )
}

it.each([["500", true], ["504", true], ["503", false], ["404", false], ["200", false]])(
  "a response with status %s is an error of CrmReportsErrors: %s",
  (status, isError) => {
    const labels = { method: "POST", route: "/crm-reports/metrics/run", status }
    assert.strictEqual(selects(expressionOf("CrmReportsErrors"), "crm_reports_requests_total", labels), isError)
  }
)

it.each([
  ["CrmReportsStreamsRefused", "streams", true],
  ["CrmReportsShedding", "runs", true],
  ["CrmReportsShedding", "rate:runs", false],
  ["CrmReportsShedding", "unknown_keys", false]
])("%s counts a refusal by the limit %s: %s", (alert, limit, isCounted) => {
  assert.strictEqual(selects(expressionOf(alert), "crm_reports_refused_total", { limit }), isCounted)
})
