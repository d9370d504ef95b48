import { targets } from "./Language.ts"

/**
 * More words by their concepts, in the form of `concepts` in the languages. `other` is in no metric, so its words are told:
 * they look like known words, and mean something else. `target` is in no metric, either.
 */
export const others: Readonly<Record<string, string>> = {
  other: [
    "open day, open days, open house, quotes, quote sent, price quote*, median, medians, midpoint, precision, summer",
    "versus actual, vs actual, to actual, compared to actual, actuals, actual figures, running total*",
    "tag der offenen tuer, am tag, dem tag, den tag, gewinn, gewinne, gewinns, gegen ist, kundenkontakt*, erstgespraech*",
    "telefontermin*, kontaktaufnahme*, sommer, rechnung*, kostenvoranschlag*",
    "jornada de puertas abiertas, dia de puertas abiertas, puertas abiertas, factura, facturas, cuenta, cuentas",
    "mediana, precision, frente a real, captaciones, verano, producto, productos, cuenta de resultados"
  ].join(", "),
  "person call other":
    "who called nobody, who called no one, who has not called, who hasnt called, who did not call, quien no ha llamado, quien no llamo, quienes no han llamado, wer hat niemanden angerufen, wer hat nicht angerufen, wer hat noch nicht angerufen",
  target: Object.values(targets).join("|").replaceAll("|", ", "),
  forecast: "geplante abschl*",
  "person ranking": "mitarbeitervergleich*, teamvergleich*, maklervergleich*",
  "call other": "llamadas comerciales, llamada comercial"
}

/** Words with several meanings, of which a draft takes one. A note says which. */
export const severalMeanings = [
  "contacts?|accounts?|follow ?ups?|closings?|sales|messages?|conversations?|performance|perform\\w*",
  "productivity|productive|response time|reaction time|success rate|volume|answered|sellers?|vendors?",
  "earn(?:ed|s)?|size|kontakte?n?|verkaeufer\\w*|eigentuemer\\w*|verkauf|verkaeufen?|verkaufszahlen|abschluss|abschluesse[ns]?|vertragsabschl\\w+",
  "gespraeche?n?|gespraechsdauer|leistung\\w*|maklerleistung|erfolgsquote\\w*|reaktionszeit\\w*|volumen|objekte?n?|nachricht\\w*|akquise\\w*",
  "wiedervorlage\\w*|produktiv\\w*|verdien\\w*|groesse",
  "vendedor(?:es|as?)?|cierres?|facturacion|ventas?|rendimiento|desempeno|mensajes?|inmuebles?|volumen",
  "tiempo de respuesta|negocios?|tamano"
].join("|")

/** Words that ask for the rows of the writer. "My team" is no such wish. */
export const mine = [
  "(?:my|mine)(?! (?:teams?|people|agents?|staff|reps?|colleagues?|boss|company|business|agency|office|day|priorities|board))",
  "(?:did|have|do|had) i(?! (?:need|want|have to))",
  "mein(?:e[nrms]?)?(?! (?:teams?|leute\\w*|mitarbeiter\\w*|makler\\w*|kolleg\\w*|chef\\w*|firma|agentur|buero|tag))",
  "(?:habe|hab|hatte) ich",
  "mis?(?! (?:equipos?|gente|agentes?|comerciales|companer\\w+|jef[ea]s?|empresa|agencia|oficina|dia|prioridades))"
].join("|")

/** Words that ask for the end of a ranking. "At least" and "menos de" limit an amount. */
export const lowest =
  "(?:the )?(?:fewest|lowest|(?<!at )least|worst|bottom)|(?:am )?(?:wenigsten|schlechteste\\w*|niedrigste\\w*|geringste\\w*)|(?<!(?:al|lo|no|o) )menos(?! de)|peor(?:es)?"
