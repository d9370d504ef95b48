import { distance } from "fastest-levenshtein"
import { crmTables } from "../../../metrics/crm.ts"
import type { Field, Table } from "../../../metrics/Table.ts"
import { fieldsOf } from "../../writeTables.ts"
import type { RawFile } from "./rawFiles.ts"
import { folded } from "./words.ts"

/** Other names of tables and columns, in English, Spanish, and German. `ID` stands for the id of the file's own rows. */
const otherNames: { readonly [name: string]: ReadonlyArray<string> } = {
  leads: ["contacts", "people", "persons", "kontakte", "contactos", "personas", "interessenten", "clientes"],
  deals: ["opportunities", "opportunity", "negocios", "oportunidades", "geschäfte", "verkäufe", "abschlüsse"],
  tasks: ["activities", "aufgaben", "tareas", "actividades", "aktivitäten", "to dos"],
  calls: ["llamadas", "anrufe"],
  emails: ["mails", "messages", "correos", "e mails"],
  members: ["users", "owners", "usuarios", "benutzer", "team"],
  owner_id: [
    "owner",
    "assigned to",
    "agent",
    "responsible",
    "propietario",
    "responsable",
    "comercial",
    "zuständig",
    "besitzer",
    "inhaber",
    "kontaktinhaber",
    "dealinhaber",
    "zuständiger mitarbeiter",
    "verantwortlich"
  ],
  status: ["state", "lead status", "lifecycle stage", "estado", "zustand"],
  stage: ["deal stage", "phase", "etapa", "fase", "pipeline stage"],
  source: ["lead source", "origin", "channel", "original traffic source", "origen", "fuente", "quelle", "herkunft"],
  created_at: [
    "created",
    "create date",
    "created date",
    "creation date",
    "date added",
    "fecha de creación",
    "fecha de alta",
    "creado",
    "erstellt",
    "erstellt am",
    "angelegt am",
    "erstellungsdatum"
  ],
  closed_at: [
    "close date",
    "closed",
    "closed date",
    "won time",
    "fecha de cierre",
    "cierre",
    "abschlussdatum",
    "abgeschlossen am"
  ],
  expected_close_at: ["expected close date", "expected close", "fecha de cierre prevista", "erwarteter abschluss"],
  price: ["amount", "value", "deal value", "importe", "valor", "precio", "betrag", "wert", "preis", "summe"],
  currency: ["currency code", "currency iso code", "moneda", "divisa", "währung"],
  lost_reason: ["closed lost reason", "loss reason", "motivo de pérdida", "verlustgrund"],
  lead_id: ["contact id", "associated contact ids", "person id", "kontakt id", "id de contacto"],
  due_at: ["due date", "due", "vencimiento", "fecha de vencimiento", "fällig", "fällig am", "fälligkeitsdatum"],
  completed_at: ["completed", "completion date", "done at", "completada", "erledigt am"],
  started_at: ["started", "date", "call time", "activity date", "fecha", "datum", "beginn"],
  sent_at: ["sent", "date", "message date", "enviado", "fecha", "gesendet am", "datum"],
  duration_seconds: ["duration", "call duration", "duración", "dauer"],
  direction: ["call direction", "call type", "dirección", "richtung"],
  outcome: ["call outcome", "result", "resultado", "ergebnis"],
  tag_ids: [],
  assignee_ids: ["assignees", "collaborators", "owners"],
  name: ["full name", "nombre"]
}

const ownIds = ["id", "record id", "datensatz id", "id de registro", "id del registro"]

/** Names of two letters or three are near many others, so they must be equal. */
const isNear = (a: string, b: string): boolean =>
  a === b || (b.length > 5 && distance(a, b) <= Math.floor(b.length / 6))

const bare = (header: string) => folded(header.replace(/^.* - /, ""))

const namesOf = ({ column, name }: Field, table: Table): ReadonlyArray<string> => [
  folded(column),
  ...(otherNames[column] ?? []),
  ...(table.key[0] === name ? ownIds : [])
]

/** An equal name wins over a near one, and a near one over a header that ends with the name, such as `Deal owner`. */
export const nearColumn = (field: Field, table: Table, header: ReadonlyArray<string>): string | undefined => {
  const names = namesOf(field, table)
  const equal = names.map((name) => header.find((one) => folded(one) === name || bare(one) === name))
  const near = names.map((name) => header.find((one) => isNear(bare(one), name)))
  const ending = names.map((name) => name.length < 5 ? undefined : header.find((one) => bare(one).endsWith(` ${name}`)))
  return [...equal, ...near, ...ending].find((one) => one !== undefined)
}

const tables = crmTables.filter(({ name }) => name !== "organizations")

const nameFits = (table: Table, file: string): boolean =>
  [table.name, ...otherNames[table.name] ?? []].some((name) =>
    folded(file).replaceAll(/[^\p{L} ]+/gu, " ").split(" ").some((word) => isNear(word, name))
  )

/** The table that the name of the file names, or else the table with the most columns of the file. */
export const nearTable = ({ header, name }: RawFile): Table | undefined => {
  const named = tables.find((table) => nameFits(table, name))
  if (named !== undefined) return named
  const counts = tables.map((table) => ({
    table,
    count: fieldsOf(table).filter((field) => nearColumn(field, table, header) !== undefined).length
  }))
  const best = counts.toSorted((a, b) => b.count - a.count)[0]
  return best !== undefined && best.count >= 3 ? best.table : undefined
}
