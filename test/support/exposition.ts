export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Reads the text format of Prometheus. Throws if a line is not in this format. */
export const samplesIn = (text: string): ReadonlyArray<Sample> =>
  text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
    const [, name, labels = "", value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([\d.e+-]+|NaN|[+-]Inf)$/.exec(line) ?? []
    if (name === undefined) throw new Error(`not a sample: ${line}`)
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = "", text = ""]) => [key, text])
    return { name, labels: Object.fromEntries(pairs), value: Number(value) }
  })

/** Returns the names of the metrics as the documents have them: a histogram has one name. */
export const metricsIn = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = ""]) => name)

interface Asked {
  readonly metric: string
  readonly labels: ReadonlyArray<string>
}

/** Returns the metrics in an expression of PromQL, with the labels that select or group them. */
export const metricsAskedIn = (expression: string): ReadonlyArray<Asked> => {
  const grouped = [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = ""]) => names.split(", "))
  return [...expression.matchAll(/\b((?:crm_reports|process)_\w+)(?:\{([^}]*)\})?/g)].map((
    [, metric = "", selector]
  ) => ({
    metric,
    labels: [...grouped, ...[...(selector ?? "").matchAll(/(\w+)=~?"/g)].map(([, label = ""]) => label)]
  }))
}
