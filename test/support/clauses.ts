const keywords = [
  "AND",
  "CROSS JOIN",
  "ELSE",
  "FILTER",
  "FROM",
  "GROUP BY",
  "JOIN",
  "LEFT JOIN",
  "LIMIT",
  "OR",
  "ORDER BY",
  "SELECT",
  "UNION",
  "WHEN"
]
const betweenClauses = new RegExp(`[\n,]|(?=\\b(?:${keywords.join("|")})\\b)`)

/** The clauses and expressions of a statement, without the names and values in them. */
export const clausesOf = (text: string): ReadonlyArray<string> =>
  text.split(betweenClauses).map((clause) =>
    clause.replaceAll(/\$\d+/g, "$").replaceAll(/'[^']*'/g, "''").replaceAll(/crm\.\w+/g, "crm.table")
      .replaceAll(/\b([a-z])\.\w+/g, "$1.column").replaceAll(/\b\d+(?:\.\d+)?\b/g, "0").replace(/ AS "?\w+"?$/, "")
      .trim()
  ).filter((clause) => clause !== "")
