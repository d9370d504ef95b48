import { type Language, targets } from "./Language.ts"

export const english: Language = {
  concepts: {
    lead: "lead*, prospect*, inquir*, enquir*, contact*",
    deal: "deal, deals, sale, contract*, transaction*, opportunit*",
    task: "task*, todo*, to do, to dos, to-do*, chore*, follow up, follow ups, followup*, reminder*",
    call: "call, calls, called, calling, phone*, dial*, ring, rang",
    email: "email*, e mail, e mails, mail, mails, mailing*, message*",

    new: "new, newly, created, create, creation, incoming lead*, entered, added",
    won: "won, win, wins, winning, sold",
    lost: "lost, lose, loses, losing, loss, losses",
    open: "open, active, running, ongoing",
    reason: "reason*, why, cause*",
    rate: "rate*, ratio*, share, percentage, percent",
    value: "value*, amount*, worth, size, price*, volume, money, euro*",
    "won value": "revenue*, turnover, income, earn, earned, earning*, sales",
    pipeline: "pipeline*, sales funnel*, deal funnel*",
    forecast:
      "forecast*, expect*, predict*, projected, projection*, due to close, deals closing, about to close, likely to close, going to close, will close",
    weighted: "weighted, weight*, probabilit*, probability weighted, risk adjusted",
    funnel: "funnel*, drop off, drop offs",
    cohort:
      "cohort*, cohort analys*, of the leads that came, of the leads which came, of the leads who came, of the leads we got, month they came in, month they arrived, month of entry, entry month",
    stage: "stage*, phase*, step, steps",
    status: "status, statuses, state, states",
    source:
      "source*, channel*, origin*, come from, comes from, came from, coming from, leads coming, deals coming, where do leads, where do our leads, where are leads, where are our leads",
    tag: "tag, tags, tagged, label*",
    type: "type*, kind, kinds",
    buyer: "buyer*, buying, purchaser*",
    seller: "seller*, selling, vendor*",
    client: "client*, customer*",
    conversion:
      "conver*, become clients, became clients, become customers, became customers, turn into clients, turned into clients, turned into customers, turn into customers",
    commission: "commission*",
    breakdown: "breakdown, split*, composition",

    completed: "complet*, done, finish*, accomplish*, productiv*",
    overdue: "overdue, late, missed deadline*, behind schedule, past due",
    "overdue close":
      "past their close date*, past the close date*, past close date*, past their closing date*, should have closed, shouldve closed, shouldve closed already, should have closed already, shouldve already closed, should be closed, should ve closed, should ve closed already, should already have closed, should have been closed, slipped, slipping, missed their close date*, missed close date*",
    pending: "pending, unfinished, outstanding",

    time: "time, long, how long, how fast, how quickly, how soon, speed*, quick*, fast",
    "time status": "stuck, get stuck, stall*, bottleneck*",
    first: "first, initial",
    close: "close, closes, closed, closure, close date*, closing date*",
    never: "never, nobody, no one, noone, not yet, without, not been",
    "never call": "not called, not phoned, not contacted, uncalled, untouched, uncontacted",
    unassigned:
      "nobody owns, nobody has, no one owns, no owner*, without owner*, without an owner*, unassigned, not assigned, unowned, ownerless, belong to nobody, belongs to nobody, owned by nobody, nobody is assigned, nobody s, are nobody, is nobody",
    reply: "repl*, came back, come back, coming back, answer*, respon*, write back, wrote back",
    outcome: "outcome*, result*, voicemail*, went to voicemail, unanswered, no answer",
    connect: "connect*, reach*, get through, got through, pick up, picked up, pickup*",
    success: "succe*",
    direction: "direction*",
    inbound: "inbound, incoming, received, receive, receives, get, got",
    outbound: "outbound, outgoing, went out, go out, going out, sent, send, sends, sending",
    duration: "duration*, length*, lasts, last on average",
    talk: "talk*, on the line, on the phone, spoke*, speak*, conversation*",

    person:
      "agent*, person, persons, everyone, everybody, each, each of us, each other, each person, employee*, colleague*, salespeople, salesperson, staff, rep, reps, team*, member*, by people, per people, who, whose, broker*, individual*, owner, owners",
    "person ranking": "leaderboard*, rank*, top, best, worst, compare people",
    ranking: "most, biggest, highest, lowest, fewest",
    "won deal":
      "closing, closings, perform*, how did, doing, closed deal*, deals closed, deals we closed, deals did we close",
    "deal close time":
      "sales cycle*, deal cycle*, time to sell, days to close, time to close, take to close, takes to close, took to close, days until close, days from open to close",
    "average value":
      "average deal value, average price, ticket size*, average ticket*, deal size*, order value*, average selling price",
    "completed rate": "on time, punctual*, in time",
    "won rate": "hit rate, closing rate, close rate, close ratio, success rate of deals",
    "conversion rate": "conversion rate, conversion ratio",
    "lead first call time": "response time, time to respond, reaction time, call back new",
    average: "average*, mean, typical*, avg",
    count: "count, counts, counted, number, how many, total*, how much",
    trend: "trend*, over time, development*, evolution, history, progress*",
    overview: "everything, overview, all about, summary, dashboard*, complete picture",
    "email inbound": "emails that came in, mails that came in",
    "email outbound": "emails that went out, mails that went out"
  },
  statuses: { unqualified: "disqualified|not qualified", "bad timing": "wrong timing" },
  only: "only|just|from|via|through",
  silent:
    `a about all also am an any anything are as at back be been being but by can could current currently did display
    do does every for from give had has have having he her his how i if in into is it its just let like list look looking
    many may me might more much my need of off on onto or our out over please plot per see she should show so some tell
    than that the their them then there these they this those through to up us use using versus vs want was we were what
    when where which while will with would you your yet hello hi thanks thank people only really too i'd d ll ve re
    interested compare compared make draw build create graph chart charts graphs got give take bring brings brought one
    ones thing things log logged gives until came come comes coming made spend spends spent took takes taken happen happened since during`,
  pronouns: "who, whose, each, everyone, everybody",
  negations:
    "no|not|none of|non|without|except(?: for)?|excluding|exclude|nothing(?: about| on| of)?|skip|ignore|omit|leave out|apart from|other than|hide|minus|dont|do not|never mind|forget(?: about)?|rather than|instead of",
  contrasts: "but|only|just",
  orders:
    "delete|erase|wipe|purge|get rid of|remove (?:all|every|old|the|my|this|that|duplicate)|destroy|edit|rename|update (?!me|us|on)|change (?!in|of|over|since)|modify|assign|reassign|merge|import|upload|drop table|insert into|truncate|add a (?:lead|deal|task|call)|create a (?:lead|deal|task)|mark (?:all|every|the|my|as)|move (?:all|every|the|my)|set (?:all|every|the|my)|send (?!me|us)|archive",
  occasions: {
    overview:
      "how (?:are|were) we (?:doing|going|performing)|how (?:is|are|was) (?:the )?(?:business|things|everything|company|agency|sales)(?: doing| going)?|how(?: is|s)? it going|how did (?:we|it) (?:do|go)|(?:monday|weekly|monthly|morning|board|management|quarterly|annual|status|staff) (?:meeting|review|update|report|call)|(?:for |to |with )?(?:the|our|my|an?) (?:board|investors?|owners?|boss|ceo|management|shareholders?|director|partners?)|big picture|state of the (?:business|company|agency)|health of (?:the |our )?(?:business|company|agency)|bird s eye|at a glance|key (?:numbers|figures|metrics)|what happened|whats (?:up|new)|what is (?:going on|new)|executive summary|kpis?",
    team:
      "team (?:meeting|review|board|performance)|performance review|one on ones?|1 1s?|(?:how is|how are|how s) (?:my|the|our) (?:team|people|agents|salespeople|staff|reps)(?: doing| performing)?|who (?:is|s) (?:doing well|the best|performing|struggling|slacking)|who needs (?:help|coaching|support)|coaching|bonus(?:es)?",
    goals:
      `(?:(?:are we|am i|we are) )?on track|(?:are|will|do) we (?:reach|hit|meet|reaching|hitting|meeting) (?:our|the) (?:${targets.english}|numbers)|(?:our|my) (?:${targets.english})`,
    sources:
      "marketing(?: (?:meeting|review|report|overview))?|where (?:does|do) (?:our|the) (?:business|money|growth) come from",
    pipeline:
      "(?:sales|pipeline|deal|forecast) (?:meeting|review)|(?:what|which deals?) (?:will|could|can|might) (?:we )?close|what is coming(?: in| up)?|where do we stand|what s in the works",
    activity:
      "(?:activity|activities)(?: report)?|(?:what|how) (?:are|were|have) (?:people|agents|my people|the team|everyone) (?:doing|been doing|up to)|how (?:busy|active|hard working)(?: are| is| were)?(?: we| they| the team| my team| people)?|daily (?:standup|stand up|huddle)|stand ?up|workload",
    work:
      "what (?:should|do|can|must|shall) (?:i|we) (?:need to |have to )?(?:work on|do|focus on|tackle|look at)(?: first| next| now| today| this morning)*|what (?:needs|requires) (?:my |our )?attention(?: today| now)?|what is urgent|(?:my|todays?) (?:day|priorities|agenda)|priorities|where should (?:i|we) (?:focus|start)|what did (?:i|we) (?:forget|miss)(?: to do)?|to do list|what to do (?:first|next|now|today)|next steps?|who should (?:i|we) (?:call|contact|phone)(?: first| next| now| today)*|plan my day|start (?:my|the) day"
  },
  reports:
    "report, reports, dashboard, dashboards, numbers, figures, stats, statistics, metrics, charts, data, summary, overview, everything, all",
  calendar: {
    units: {
      day: "days?",
      week: "weeks?",
      month: "months?",
      quarter: "quarters?",
      year: "years?"
    },
    last: "(?:last|past|previous|prior|preceding)",
    now: "(?:this|current|the current)",
    next: "(?:next|coming)",
    before: "(?:in|over|during|within|for|of|from|on|throughout)",
    articles: "the",
    today: "today",
    yesterday: "yesterday",
    thisYear: "ytd|year to date|so far this year",
    within: "within|after|in",
    allTime: "all time|ever|of all times?|since the beginning|from the beginning|since we started",
    each: "(?:per|by|each|every|a)",
    steps: {
      day: "daily|day by day|day to day",
      week: "weekly|week by week|week over week",
      month: "monthly|month by month|month over month",
      quarter: "quarterly|quarter by quarter",
      year: "yearly|annually|annual|year by year"
    },
    numbers: {
      two: 2,
      three: 3,
      four: 4,
      five: 5,
      six: 6,
      seven: 7,
      eight: 8,
      nine: 9,
      ten: 10,
      twelve: 12,
      fourteen: 14,
      eighteen: 18,
      thirty: 30,
      sixty: 60,
      ninety: 90
    },
    months: [
      "january|jan",
      "february|feb",
      "march",
      "april|apr",
      "may",
      "june|jun",
      "july|jul",
      "august|aug",
      "september|sept|sep",
      "october|oct",
      "november|nov",
      "december|dec"
    ],
    ordinals: ["first|1st", "second|2nd", "third|3rd", "fourth|4th"],
    half: "half",
    since: "since|starting(?: from| in)?",
    between: "between",
    from: "from|in",
    until: "to|until|till|through",
    asOf:
      "(?:as (?:it|they|things|we) (?:stood|was|were|looked)|how (?:it|they|things) (?:stood|was|were|looked)|as of|as at|as they stood)",
    compared: "compared? (?:to|with|against)|versus|vs|against|relative to",
    previousPeriod:
      "(?:previous|prior|preceding) (?:period|timeframe)|(?:period|time) before|previous|(?:the )?one before",
    previous: "(?:previous|prior|preceding)",
    previousAfter: "before"
  },
  charts: {
    area: "area",
    line: "line",
    bar: "bars?|columns?",
    donut: "donut|doughnut",
    pie: "pie",
    radar: "radar|spider",
    radial: "gauge|radial"
  },
  chartNoun: "chart|graph|diagram"
}
