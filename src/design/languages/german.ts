import { type Language, targets } from "./Language.ts"

export const german: Language = {
  concepts: {
    lead: "interessent*, anfrage*, kontakt*, akquise*",
    deal: "vertrag, vertraege*, auftrag, auftraege*, geschaeft, geschaefte*, opportunitaet*, objekt*, verkaufschance*",
    task: "aufgabe*, wiedervorlage*, erledigung*, todos, erinnerung*",
    call: "anruf*, angerufen*, telefon*, gespraech*, rufen, ruft, telefoniert*",
    email: "nachricht*, mails, emails",

    new: "neu, neue*, angelegt*, erstellt*, eingegangen*, zugaeng*, hinzugekommen*",
    won: "gewonnen*, gewinnen*, gewinnt, gewann*, erfolgreich abgeschlossen*, verkauft*",
    lost: "verlier*, verlor*, verlust*, entgeh*, entgangen*",
    open: "offen*, laufend*",
    reason: "grund, gruende*, warum, weshalb, wieso, ursache*",
    rate: "quote, quoten, anteil*, prozent*",
    value: "wert, werte, wertes, betrag, betraege*, hoehe, groesse, preis*, volumen, geld, summe, summen",
    "won value": "umsatz, umsaetze*, einnahme*, erloes*, verdient, verdien*",
    pipeline: "vertriebstrichter, aussicht*, pipelinewert*",
    forecast: "prognose*, vorhersage*, erwart*, voraussichtlich*, hochrechnung*, umsatzausblick*, absatzprognose*",
    weighted: "gewichtet*, gewicht*, wahrscheinlich*, gewogen*",
    funnel: "trichter*, leadtrichter*",
    cohort: "kohorte*, kohortenanalyse*, eingangsmonat*, monat des eingangs, monat ihres eingangs, eingangswoche*",
    stage: "phase*, stufe*",
    status: "zustand*, stand",
    source: "quelle*, herkunft*, kanal, kanaele*, woher, stammen, stammt",
    tag: "tags, schlagwort*, schlagwoert*, etikett*, markierung*",
    type: "typ, typen, art, arten",
    buyer: "kaeufer*, kaufinteressent*",
    seller: "verkaeufer, verkaeufern, verkaeuferinnen, eigentuemer*",
    client: "kunde, kunden*, kundin*, mandant*",
    conversion: "konver*, umwandl*, werden zu",
    commission: "provision*, courtage*, maklergebuehr*",
    breakdown: "aufteilung*, verteilung*, verteilt*, aufschluesselung*, zusammensetzung",

    completed: "erledigt*, abgeschlossen*, fertig*, abgearbeitet*, produktiv*",
    overdue: "ueberfaellig*, verspaetet*, verspaetung*, versaeumt*, vorbei, ueberschritten*, verstrichen*, abgelaufen*",
    "overdue close": "haetten schon schliessen, haetten schon abgeschlossen, haetten laengst abgeschlossen",
    pending: "ausstehend*, unerledigt*",

    time: "zeit*, dauer, dauert, wie lang, wie lange, wie schnell, schnell*, geschwindigkeit*, tempo",
    "time status": "haengen, haengt, stecken, steckt, stockt, stocken, engpass, engpaesse*, verweildauer*",
    first: "erste*, erst",
    close: "bis zum abschluss, schliessen, abschlussdatum*, abschlusstermin*",
    never: "nie, niemals, niemand*, noch nicht, noch keine*, ohne, nicht",
    "never call": "nicht angerufen*, nicht kontaktiert*, nicht telefoniert*",
    unassigned:
      "ohne zustaendig*, ohne mitarbeiter*, ohne makler*, ohne betreuer*, ohne besitzer*, ohne verantwortlich*, ohne bearbeiter*, nicht zugewiesen*, nicht zugeteilt*, nicht zugeordnet*, unzugewiesen*, niemandem zugewiesen, niemandem zugeordnet, niemandem gehoeren, niemand zustaendig*, niemand betreut",
    reply: "antwort*, beantwort*, rueckmeld*, reagier*, reaktion*",
    outcome: "ergebnis*, ausgang, mailbox, anrufbeantworter*, besetzt*, keine antwort",
    connect: "erreich*, durchkommen, durchgekommen",
    success: "erfolg*",
    direction: "richtung*",
    inbound: "eingehend*, empfang*, erhalt*, bekommen*, reinkommend*",
    outbound: "ausgehend*, gesendet*, geschickt*, verschickt*, versandt*, verschick*",
    duration: "dauer*, laenge*",
    talk: "sprechzeit*, gespraechszeit*, redezeit*, telefonzeit*",

    person:
      "mitarbeiter*, makler, maklers, maklern, maklerin*, kollege*, kollegin*, verkaeuferteam*, jeder, jede, jedem, jeden, wer, wem, pro kopf, berater*, vertriebler*, pro verkaeufer*, je verkaeufer*, nach verkaeufer*",
    "person ranking": "rangliste*, bestenliste*, beste*, schlechteste*",
    ranking: "am meisten, meisten, hoechste*, groesste*, wenigsten",
    "won deal":
      "abschluss, abschluesse*, vertragsabschluss, vertragsabschluesse*, verkauf, verkaeufe*, leistung*, leistet*, abgeschnitten*",
    "deal close time":
      "verkaufszyklus, vertriebszyklus, verkaufsdauer, abschlussdauer, tage bis zum abschluss, zeit bis zum abschluss, dauer bis zum abschluss",
    "average value":
      "durchschnittspreis*, durchschnittliche auftragsgroesse, auftragswert*, auftragsgroesse*, dealgroesse*, durchschnittswert*",
    "completed rate": "erledigungsquote*, erledigungsrate*, rechtzeitig*, puenktlich*, termingerecht*, fristgerecht*",
    "won rate":
      "abschlussquote*, abschlussrate*, gewinnrate*, gewinnquote*, trefferquote*, erfolgsquote der abschluesse",
    "conversion rate": "umwandlungsrate*, umwandlungsquote*",
    "lead first call time": "reaktionszeit*",
    average: "durchschnitt*, mittel, mittlere*, typisch*, im schnitt",
    count: "anzahl, wie viel*, wieviel*, zahl, zahlen, menge*, gesamt*",
    trend: "entwickel*, entwicklung*, veraender*, verlauf*, zeitverlauf*, fortschritt*",
    overview: "alles, ueberblick*, uebersicht*, zusammenfassung*",
    "email inbound": "mails rein, emails rein, mails kamen rein, mails kommen rein, mails reingekommen",
    "email outbound": "mails raus, emails raus, mails gingen raus, mails gehen raus, mails rausgegangen"
  },
  statuses: {
    unqualified: "ungeeignete?[nrs]?|(?:nicht|un)\\s?qualifizierte?[nrs]?|disqualifizierte?[nrs]?",
    "bad timing": "(?:schlechte[rm]|falsche[rm]) (?:zeitpunkt|timing)"
  },
  only: "nur|aus|vom|von|ueber|lediglich",
  silent:
    `aber alle allem allen aller als am an auch auf aus bei beim bitte brauche braucht da damit dann das dass dem den der
    des die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es fuer gab gebe
    geben gibt gegen gemacht gerade gern geht habe haben hat hatte hier ich ihr ihre im in ins ist jetzt kann koennen
    kommen kommt kriegen machen macht man mein meine meinem meinen mich mir mit moechte nach nur ob oder pro je sehen
    sein seit sich sie sind so soll sowie ueber um uns unser unsere unserem unseren unserer unseres viel viele vom von
    vor war waren was welche welchem welchen welcher welches wenn werden wie will wir wird wo wollen worden wurde wurden
    zeig zeige zeigen zu zum zur zwischen mal nun schon haetten haette koennte koennten gemeldet bringt bringen gebracht
    hereingekommen reingekommen kamen kam rein herein bleibt bleiben jedem verglichen mehr denn sondern lediglich bericht berichte diagramm liste`,
  pronouns: "wer, wem, jeder, jede, jedem, jeden",
  negations:
    "kein\\w*|nicht|ohne|ausser|nichts(?: (?:ueber|zu|von))?|ausgenommen|abgesehen von|bis auf|ignorier\\w*|weder|anstatt|statt",
  contrasts: "aber|nur|sondern|lediglich",
  orders:
    "loesche?n?|loesch|entferne?n? (?:alle|die|das|den|jede)|vernichte?n?|aendere?n?|bearbeite?n?|umbenennen|benenne|aktualisiere?n?|verschiebe?n?|importiere?n?|zuweisen|weise|archiviere?n?|sende (?!mir|uns)|schicke? (?!mir|uns)|lege (?!.*bericht)",
  occasions: {
    overview:
      "wie (?:laeuft|laufen|lief|steht|stehen|geht)(?: (?:es|das geschaeft|die geschaefte|der laden|alles|wir|uns|es uns|die firma))?(?: (?:da|so|gerade))?|wie (?:laeufts|stehts|gehts)|wie (?:waren|sind) wir unterwegs|(?:montags?|wochen|monats|morgen|quartals|jahres|team|jour)\\s?(?:meeting|besprechung|runde|sitzung|fixe?|bericht|rueckblick)|(?:geschaefts(?:fuehrung|leitung|lage|verlauf)|chefs?|chefin|inhaber\\w*|vorstand\\w*|eigner|investor\\w*|gesellschafter\\w*)|kennzahlen|wo stehen wir|was ist (?:los|passiert|neu)|auf einen blick|lagebericht|gesamtbild",
    team:
      "(?:mitarbeiter|leistungs|team)\\s?(?:gespraech\\w*|beurteilung|bewertung|besprechung)|wie (?:macht|machen|schlaegt|schlagen|laeuft|laufen|ist) (?:sich )?(?:mein|meine|das|die|unser|unsere) (?:team|leute|makler|mitarbeiter)(?: sich)?|wer (?:braucht|benoetigt) (?:hilfe|unterstuetzung)|wer ist (?:gut|der beste|am besten)|bonus|boni|praemien?",
    goals:
      `(?:vertriebs|verkaufs)ziel\\w*|(?:(?:sind|liegen) wir )?(?:auf kurs|im plan|im soll)|(?:erreichen wir )?(?:unsere|meine) (?:${targets.german})|zielerreichung|erreichen wir die (?:${targets.german})`,
    sources: "marketing\\w*|woher kommt (?:das|unser) (?:geschaeft|geld)",
    pipeline:
      "(?:vertriebs|verkaufs|sales|pipeline)\\s?(?:meeting|besprechung|runde)|was (?:kommt|steht an)(?: (?:rein|herein|noch|demnaechst))*|was koennen wir (?:noch )?abschliessen",
    activity:
      "aktivitaet(?:en)?|was (?:machen|tun|treiben) (?:meine|die|unsere) (?:leute|mitarbeiter|makler)(?: (?:so|den ganzen tag))?|wie (?:fleissig|aktiv|beschaeftigt)(?: (?:sind|ist|waren))?(?: (?:wir|meine leute|alle|das team))?|auslastung|arbeitsbelastung",
    work:
      "was (?:soll|muss|kann|sollte) ich (?:\\w+ )?(?:tun|machen|erledigen|angehen|anpacken)|was (?:muss|soll) (?:\\w+ )?(?:getan|erledigt|gemacht) werden|womit (?:soll|fange|sollte) ich (?:\\w+ )?(?:an|anfangen|beginnen)|worum (?:muss|soll|sollte) ich mich (?:\\w+ )?kuemmern|was (?:ist|steht) (?:heute )?(?:dringend|wichtig|an)|was habe? ich (?:vergessen|versaeumt)|wen (?:soll|muss|sollte) ich (?:\\w+ )?(?:anrufen|kontaktieren)|prioritaeten|mein tag|tagesplan|was liegt an"
  },
  reports:
    "bericht, berichte, dashboard, zahlen, statistik, statistiken, daten, auswertung, ueberblick, uebersicht, alles",
  calendar: {
    units: {
      day: "tag(?:e[ns]?)?",
      week: "wochen?",
      month: "monate?n?s?",
      quarter: "quartale?n?s?",
      year: "jahre?n?s?"
    },
    last: "(?:letzt(?:e|en|er|es|em)|vergangen(?:e|en|er|es)|vorig(?:e|en|er|es)|vor)",
    now: "(?:dies(?:e|en|er|es|em)|aktuell(?:e|en|er|es)|laufend(?:e|en|es))",
    next: "(?:naechst(?:e|en|er|es)|kommend(?:e|en|er|es))",
    before: "(?:in|im|fuer|seit|ueber|waehrend|am|vom)",
    articles: "den|dem|der|das|die|des",
    today: "heute",
    yesterday: "gestern",
    thisYear: "heuer|seit jahresbeginn",
    within: "innerhalb von|innerhalb|binnen|nach|in",
    allTime: "insgesamt|jemals|seit beginn|seit anfang|aller zeiten|ueberhaupt",
    lastUnits: { week: "vorwoche", month: "vormonat", quarter: "vorquartal", year: "vorjahr(?:es)?" },
    each: "(?:pro|je|jeden|jede|jedes|nach)",
    steps: {
      day: "taeglich\\w*|tageweise",
      week: "woechentlich\\w*|wochenweise",
      month: "monatlich\\w*|monatsweise",
      quarter: "quartalsweise|vierteljaehrlich\\w*",
      year: "jaehrlich\\w*"
    },
    numbers: {
      zwei: 2,
      drei: 3,
      vier: 4,
      fuenf: 5,
      sechs: 6,
      sieben: 7,
      acht: 8,
      neun: 9,
      zehn: 10,
      zwoelf: 12,
      vierzehn: 14,
      achtzehn: 18,
      dreissig: 30,
      sechzig: 60,
      neunzig: 90
    },
    months: [
      "januar|jaenner",
      "februar",
      "maerz",
      "april",
      "mai",
      "juni",
      "juli",
      "august",
      "september",
      "oktober|okt",
      "november",
      "dezember|dez"
    ],
    ordinals: ["erste[ns]?|1", "zweite[ns]?|2", "dritte[ns]?|3", "vierte[ns]?|4"],
    half: "halbjahr",
    since: "seit|ab",
    between: "zwischen",
    from: "von|vom|ab",
    until: "bis(?: zum)?",
    asOf: "(?:mit |zum |per )?stand|wie (?:es|sie) (?:am|zum)",
    compared:
      "(?:im )?vergleich(?:en)?(?: mit| zu| zum| zur)?|verglichen mit|gegenueber|ggue|mit vergleich(?: zum| zur)?",
    previousPeriod: "vorzeitraum|vorperiode",
    previous: "(?:vorangegangen\\w*|vorherig\\w*)",
    previousAfter: "(?:davor|zuvor|vorher)"
  },
  charts: {
    area: "flaeche\\w*",
    line: "linie\\w*",
    bar: "balken\\w*|saeule\\w*",
    donut: "ring\\w*diagramm",
    pie: "torte\\w*|kuchen\\w*|kreis\\w*",
    radar: "netz\\w*",
    radial: "tacho\\w*"
  },
  chartNoun: "diagramm"
}
