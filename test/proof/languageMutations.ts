import type { Mutation } from "./mutations.ts"

/** With these faults, people get texts in a wrong language, or a language lacks texts. */
export const languageMutations: ReadonlyArray<Mutation> = [
  {
    name: "the page and the service ignore the preferred languages",
    file: "src/languages/Language.ts",
    find: "preferred.find((locale) => languageOf(locale) !== undefined) ?? ",
    replace: "preferred.find(() => false) ?? ",
    tests: ["languages/compile"]
  },
  {
    name: "a language without a text is compiled",
    file: "src/languages/compile.ts",
    find: "if (problems.length > 0) throw",
    replace: "if (problems.length < 0) throw",
    tests: ["languages/compile"]
  },
  {
    name: "the catalog is in English, whatever the language of the request is",
    file: "src/http/Metrics.ts",
    find: "catalog.entriesFor(yield* CurrentCaller, yield* acceptedLocale)",
    replace: "catalog.entriesFor(yield* CurrentCaller)",
    tests: ["languages/catalog"]
  },
  {
    name: "caches give the answer in one language to requests in another",
    file: "src/http/middleware/responseHeaders.ts",
    find: "Accept-Language, ",
    replace: "",
    tests: ["languages/catalog"]
  },
  {
    name: "the known values of a file are in English",
    file: "src/services/export/documentOf.ts",
    find: "series: inLanguage(found, entry, widget.groupBy, localization)",
    replace: "series: found",
    tests: ["languages/catalog"]
  },
  {
    name: "the first step of the funnel has the name of the status of a new lead",
    file: "src/services/access/Catalog.ts",
    find: "`${id}.${key}.${known.value}`, ",
    replace: "",
    tests: ["languages/catalog"]
  },
  {
    name: "the rest of a chart has an English name in every language",
    file: "src/presentation/inLanguage.ts",
    find: "if (key === other) return t.labelOther()",
    replace: "",
    tests: ["languages/catalog"]
  },
  {
    name: "the heads of an XLSX file of records are in English",
    file: "src/documents/recordXlsx.ts",
    find: "presentation.recordColumn(column)",
    replace: "column.label",
    tests: ["languages/catalog"]
  },
  {
    name: "the heads of a list of records are in English",
    file: "src/page/records/recordColumns.ts",
    find: "label: localization().t.recordColumn(column)",
    replace: "label: column.label",
    tests: ["page/recordsOnPage"]
  },
  {
    name: "mails and their files are in English",
    file: "src/services/deliveries/MailContents.ts",
    find: "exporting.document(reader, reportId, view, { locale })",
    replace: "exporting.document(reader, reportId, view, {})",
    tests: ["services/deliveries/deliveryLanguages"]
  },
  {
    name: "an alert names its card in English",
    file: "src/services/deliveries/Alerts.ts",
    find: "catalog.entriesFor(reader, order.locale)",
    replace: "catalog.entriesFor(reader)",
    tests: ["services/deliveries/deliveryLanguages"]
  },
  {
    name: "PostgreSQL forgets a changed language of a subscription",
    file: "src/services/reports/SubscriptionRepo/sql.ts",
    find: ", locale = ${terms.locale},",
    replace: ",",
    tests: ["services/reports/repos"]
  },
  {
    name: "a subscription that names no language is in English, whatever the language of the request is",
    file: "src/http/Subscriptions.ts",
    find: "locale: yield* acceptedLocale,",
    replace: "",
    tests: ["services/deliveries/deliveryLanguages"]
  },
  {
    name: "the known values in an XLSX file of records are in English",
    file: "src/documents/recordXlsx.ts",
    find: "(field, { key }) => fieldText(field, key, label, localization)",
    replace: "(field) => field.text",
    tests: ["languages/catalog"]
  },
  {
    name: "a refusal of the service is in English on a page in another language",
    file: "src/page/api/Problem.ts",
    find: "if (error instanceof Problem) return t.problem(error)",
    replace: "",
    tests: ["languages/refusals"]
  },
  {
    name: "a card that failed says so in English",
    file: "src/presentation/stateOf.ts",
    find: "text: t.fault(series.error)",
    replace: "text: series.error.message",
    tests: ["languages/refusals"]
  },
  {
    name: "a mail has an English button in every language",
    file: "src/documents/mail.ts",
    find: "html(t.openReport())",
    replace: "\"Open the report\"",
    tests: ["page/literals"]
  },
  {
    name: "a note has the English name of a stage in every language",
    file: "src/presentation/notesOf.ts",
    find: "{ count, stage, label, amount",
    replace: "{ count, stage: label, label, amount",
    tests: ["languages/knownValues"]
  }
]
