import { Schema } from "effect"

const strings = Schema.Array(Schema.String)
const oneOrMore = Schema.Union([Schema.String, strings])

/** Maps words of a file to our words. `null` means that the value is empty. */
const Words = Schema.Record(Schema.String, Schema.NullOr(Schema.String)).annotate({ identifier: "Words" })

/** Maps columns of a file to the words that a row must have there. `*` means that the value is not empty. */
const Condition = Schema.Record(Schema.String, oneOrMore).annotate({ identifier: "Condition" })
export type Condition = typeof Condition.Type

const Conditions = Schema.Union([Condition, Schema.Array(Condition)]).annotate({
  identifier: "Conditions",
  description: "All columns of a condition must match. Of a list of conditions, at least one must match."
})
export type Conditions = typeof Conditions.Type

const described = (description: string) => ({ description })

export const Source = Schema.Struct({
  from: Schema.optionalKey(
    Schema.Union([Schema.String, Schema.Array(oneOrMore)]).annotate(described(
      "A column of the file, or several: the first that is not empty counts. The values of a list in the list are joined by a blank."
    ))
  ),
  constant: Schema.optionalKey(Schema.String),
  organization: Schema.optionalKey(
    Schema.Literal("currency").annotate(described("The currency of the organization"))
  ),
  lookup: Schema.optionalKey(
    Schema.String.annotate(described(
      "Another file: `from` is a column of its first row that matches, or `constant` counts if a row matches"
    ))
  ),
  match: Schema.optionalKey(
    Schema.Record(Schema.String, Schema.String).annotate(described("One column of that file, and ours that it equals"))
  ),
  earliest: Schema.optionalKey(
    Schema.String.annotate(described("The earliest time of a table of this import, such as `calls.started_at`"))
  ),
  by: Schema.optionalKey(Schema.String.annotate(described("The column that both tables have, such as `lead_id`"))),
  as: Schema.optionalKey(
    Schema.Literals(["text", "time", "date", "number", "seconds", "first", "list", "person", "people"]).annotate(
      described(
        "`time` is an instant, `date` is a whole day, `number` is an amount or a percentage, `first` is the first entry of a list"
      )
    )
  ),
  unit: Schema.optionalKey(
    Schema.Literals(["s", "ms", "min", "HH:mm"]).annotate(
      described("The unit of `seconds`; `HH:mm` also reads HH:mm:ss")
    )
  ),
  values: Schema.optionalKey(
    Schema.Union([Schema.String, Words]).annotate(described("Our words, or the name of a table in `values`"))
  ),
  otherwise: Schema.optionalKey(
    Schema.NullOr(Schema.String).annotate(described("Our word for all words that are not in `values`"))
  ),
  startsWith: Schema.optionalKey(Schema.String),
  when: Schema.optionalKey(
    Condition.annotate(described("Columns of ours that stand before this one, and the words that they must have"))
  ),
  where: Schema.optionalKey(Conditions),
  unless: Schema.optionalKey(Conditions)
}).check(Schema.makeFilter((source) => {
  const { constant, earliest, from, lookup, organization } = source
  const given = [from ?? constant, organization, earliest].filter((one) => one !== undefined).length
  if (given !== 1) return "needs exactly one of from, constant, organization, earliest"
  if (from !== undefined && constant !== undefined) return "needs from or constant, not both"
  if (lookup !== undefined && Object.keys(source.match ?? {}).length !== 1) return "a lookup needs one column in match"
  if (earliest !== undefined && (source.by === undefined || !/^\w+\.\w+$/.test(earliest))) {
    return "earliest needs a table and a column, such as calls.started_at, and by"
  }
  return true
})).annotate({ identifier: "Source" })
export type Source = typeof Source.Type

const One = Schema.Union([Schema.String, Source])
const Column = Schema.Union([One, Schema.Array(One)]).annotate({
  identifier: "Column",
  description: "A column of the file, or a source, or a list of these: the first that gives a value counts."
})
export type Column = typeof Column.Type

const Spells = Schema.Struct({
  by: Schema.String,
  at: Schema.String,
  old: Schema.String,
  new: Schema.String,
  values: Schema.optionalKey(Schema.Union([Schema.String, Words]))
}).annotate({
  identifier: "Spells",
  description: "Columns of a file of status changes. The first stay of a lead begins when the lead was created."
})
export type Spells = typeof Spells.Type

const Entry = Schema.Struct({
  table: Schema.String,
  files: strings.annotate(described("Names of files. `*` stands for any characters. Case does not matter.")),
  comments: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  where: Schema.optionalKey(Conditions),
  unless: Schema.optionalKey(Conditions),
  columns: Schema.optionalKey(Schema.Record(Schema.String, Column)),
  spells: Schema.optionalKey(Spells)
}).annotate({ identifier: "Entry" })
export type Entry = typeof Entry.Type

const Organization = Schema.Struct({
  organization_id: Schema.optionalKey(Schema.String),
  name: Schema.optionalKey(Schema.String),
  time_zone: Schema.optionalKey(Schema.String),
  currency: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Organization" })
export type Organization = typeof Organization.Type

const Read = Schema.Struct({
  encoding: Schema.optionalKey(Schema.String.annotate(described("Used for files that are not UTF-8"))),
  times: Schema.optionalKey(strings.annotate(described("Formats such as `DD.MM.YYYY HH:mm`, tried in order"))),
  zone: Schema.optionalKey(
    Schema.String.annotate(described("The zone of times without one: `organization`, or an IANA name"))
  ),
  decimal: Schema.optionalKey(
    Schema.Literals([".", ","]).annotate(described("By default a comma in files with semicolons, else a point"))
  ),
  list: Schema.optionalKey(Schema.String.annotate(described("The separator of lists"))),
  empty: Schema.optionalKey(strings.annotate(described("Values that mean that a value is empty"))),
  strip: Schema.optionalKey(Schema.String.annotate(described("A character that is removed from all values")))
}).annotate({ identifier: "Read" })
export type Read = typeof Read.Type

const People = Schema.Struct({
  files: strings,
  id: Schema.String,
  email: Schema.optionalKey(Schema.String),
  name: Schema.optionalKey(Schema.Union([Schema.String, Schema.Array(oneOrMore)])),
  where: Schema.optionalKey(Conditions)
}).annotate({ identifier: "People", description: "Files that give the e-mail or the name of a person's id" })
export type People = typeof People.Type

/** The rows of an export become rows of the CRM tables. All of it is data, without expressions. */
export const Mapping = Schema.Struct({
  mapping: Schema.String,
  sources: Schema.optionalKey(strings.annotate(described("Where the names of the columns and words are from"))),
  notes: Schema.optionalKey(strings.annotate(described("Printed by the preview"))),
  organization: Schema.optionalKey(Organization),
  read: Schema.optionalKey(Read),
  people: Schema.optionalKey(People),
  values: Schema.optionalKey(Schema.Record(Schema.String, Words)),
  tables: Schema.NonEmptyArray(Entry)
}).annotate({ identifier: "Mapping" })
export type Mapping = typeof Mapping.Type
