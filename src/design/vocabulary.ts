/** Each concept has words in English and German, separated by commas. `*` stands for any ending. */
const phrases: Readonly<Record<string, string>> = {
  lead: "lead*, prospect*, inquir*, enquir*, contact*, interessent*, anfrage*, kontakt*, akquise*",
  deal:
    "deal, deals, sale, contract*, closing*, transaction*, opportunit*, abschluss, abschluesse*, verkauf, verkaeufe*, vertrag, vertraege*, auftrag, auftraege*, geschaeft*, opportunitaet*",
  task: "task*, todo*, to do, to dos, to-do*, chore*, aufgabe*, wiedervorlage*, erledigung*",
  call: "call, calls, called, calling, phone*, dial*, ring, rang, anruf*, angerufen, telefon*, gespraech*, rufen, ruft",
  email: "email*, e mail, e mails, mail, mails, mailing*, message*, nachricht*",

  new:
    "new, newly, created, create, creation, incoming lead*, entered, added, neu, neue*, angelegt*, erstellt*, eingegangen*, zugaeng*, hinzugekommen*",
  won: "won, win, wins, winning, gewonnen*, gewinn*, gewann*, erfolgreich abgeschlossen*",
  lost: "lost, lose, loses, losing, loss, losses, verlier*, verlor*, verlust*, entgeh*, entgangen*",
  open: "open, running, ongoing, offen*, laufend*",
  reason: "reason*, why, cause*, grund, gruende*, warum, weshalb, wieso, ursache*",
  rate: "rate*, ratio*, share, percentage, percent, quote*, anteil*, prozent*",
  value:
    "value*, amount*, worth, size, price*, volume, money, euro*, wert, werte, betrag, betraege*, hoehe, groesse, preis*, volumen, geld, summe*",
  "won value":
    "revenue*, turnover, income, earn, earned, earning*, sales, umsatz, umsaetze*, einnahme*, erloes*, verdient, verdien*",
  pipeline: "pipeline*, funnel*, forecast*, trichter, vertriebstrichter, aussicht*",
  stage: "stage*, phase*, stufe*",
  status: "status, statuses, state, states, zustand*, stand",
  source:
    "source*, channel*, origin*, come from, comes from, came from, coming from, quelle*, herkunft*, kanal, kanaele*, woher, stammen, stammt",
  tag: "tag, tags, tagged, label*, schlagwort*, schlagwoert*, etikett*, markierung*",
  type: "type*, kind, kinds, typ, typen, art, arten",
  buyer: "buyer*, buying, purchaser*, kaeufer*, kaufinteressent*",
  seller: "seller*, selling, vendor*, verkaeufer*, eigentuemer*",
  client: "client*, customer*, kunde, kunden*, kundin*, mandant*",
  conversion: "conver*, become clients, turn into clients, konver*, umwandl*, werden zu",
  commission: "commission*, provision*, courtage*, maklergebuehr*",
  breakdown: "breakdown, split*, composition, aufteilung*, aufschluesselung*, zusammensetzung",

  completed:
    "complet*, done, finish*, accomplish*, productiv*, erledigt*, abgeschlossen*, fertig*, abgearbeitet*, produktiv*",
  overdue: "overdue, late, missed deadline*, behind schedule, ueberfaellig*, verspaetet*, verspaetung*, versaeumt*",
  pending: "pending, unfinished, outstanding, ausstehend*, unerledigt*",

  time:
    "time, long, how long, how fast, how quickly, how soon, speed*, quick*, fast, duration, zeit*, dauer, dauert, wie lange, wie schnell, schnell*, geschwindigkeit*, tempo",
  "time status":
    "stuck, get stuck, stall*, bottleneck*, haengen, haengt, stecken, steckt, stockt, stocken, engpass, engpaesse*, verweildauer*",
  first: "first, initial, erste*, erst",
  close: "close, closes, closed, closure, bis zum abschluss, schliessen",
  never:
    "never, nobody, no one, not yet, without, not been, nie, niemals, niemand*, noch nicht, noch keine*, ohne, nicht",
  reply: "repl*, answer*, respon*, write back, wrote back, antwort*, beantwort*, rueckmeld*, reagier*",
  outcome: "outcome*, result*, ergebnis*, ausgang",
  connect: "connect*, reach*, get through, got through, pick up, picked up, erreich*, durchkommen, durchgekommen",
  success: "succe*, erfolg*",
  direction: "direction*, richtung*",
  inbound:
    "inbound, incoming, received, receive, receives, get, got, eingehend*, empfang*, erhalt*, bekommen*, reinkommend*",
  outbound:
    "outbound, outgoing, sent, send, sends, sending, ausgehend*, gesendet*, geschickt*, verschickt*, versandt*, verschick*",
  duration: "duration*, length*, lasts, dauer*, laenge*",
  talk: "talk*, spoke*, speak*, conversation*, sprechzeit*, gespraechszeit*, redezeit*, telefonzeit*",

  person:
    "agent*, person, persons, everyone, everybody, each, each of us, each other, each person, employee*, colleague*, salespeople, salesperson, staff, rep, reps, team*, member*, by people, per people, who, whose, mitarbeiter*, makler*, kollege*, kollegin*, verkaeuferteam*, jeder, jede, jedem, jeden, wer, wem, pro kopf, berater*, vertriebler*",
  "person ranking":
    "leaderboard*, rank*, top, best, worst, most, compare people, rangliste*, bestenliste*, am meisten, meisten, beste*, schlechteste*",
  "won deal": "perform*, how did, doing, leistung*, leistet*, abgeschnitten*",
  average: "average*, mean, typical*, avg, durchschnitt*, mittel, mittlere*, typisch*, im schnitt",
  count: "count*, number, how many, total*, how much, anzahl, wie viel*, wieviel*, zahl, zahlen, menge*, gesamt*",
  trend:
    "trend*, over time, development*, evolution, history, progress*, verlauf*, entwicklung*, zeitverlauf*, fortschritt*",
  overview:
    "everything, overview, all about, summary, dashboard*, complete picture, alles, ueberblick*, uebersicht*, zusammenfassung*"
}

/** A clause of subjects and these concepts, without `person`, gets the first metrics of its subjects. */
export const vague: ReadonlySet<string> = new Set(["person", "ranking", "count", "trend", "overview", "new"])

export const modifiers: ReadonlySet<string> = new Set([...vague, "average", "time", "never", "open", "first"])

export const subjects: ReadonlySet<string> = new Set(["lead", "deal", "task", "call", "email"])

export const silent: ReadonlySet<string> = new Set(
  `a about all also am an any are as at back be been being but by can could current currently did display do does every
  for from give got graph chart charts had has have having he her his how i if in into is it its just let like list look
  looking many may me might more much my need of off on onto or our out over please per plot report reports see she
  should show so some tell than that the their them then there these they this those through to up us use using versus
  vs want was we were what when where which while will with would you your yet hello hi thanks thank people
  aber alle allem allen aller als am an auch auf aus bei beim bitte brauche braucht da damit dann das dass dem den der des
  die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es fuer gab gebe geben gibt
  gegen gemacht gerade gern geht habe haben hat hatte hier ich ihr ihre im in ins ist jetzt kann koennen kommen kommt kriegen
  machen macht man mein meine meinem meinen mich mir mit moechte nach nur ob oder pro je sehen sein seit sich sie sind so
  soll sowie ueber um uns unser unsere unserem unseren unserer viel viele vom von vor war waren was welche welchem welchen
  welcher welches wenn werden wie will wir wird wo wollen worden wurde wurden zeig zeige zeigen zu zum zur zwischen
  bericht berichte diagramm liste`.split(/\s+/)
)

interface Phrase {
  readonly words: ReadonlyArray<string>
  readonly concepts: ReadonlyArray<string>
}

const phrasesOf = ([concepts, alternatives]: readonly [string, string]): ReadonlyArray<Phrase> =>
  alternatives.split(", ").map((phrase) => ({ words: phrase.split(" "), concepts: concepts.split(" ") }))

export const vocabulary: ReadonlyArray<Phrase> = Object.entries(phrases).flatMap(phrasesOf)
