import type { Mutation } from "./mutations.ts"

/** With these faults, the page shows wrong records or numbers, or saves a report wrongly. */
export const pageMutations: ReadonlyArray<Mutation> = [
  {
    name: "a slide scrolls over a card that was cut at the end of the screen",
    file: "src/page/finding/stops.ts",
    find: "bottom > at + height)",
    replace: "bottom > at + height + 100)",
    tests: ["page/stops"]
  },
  {
    name: "the page sorts rows without a value before the others",
    file: "src/page/shell/sorting.ts",
    find: "Number(one.value === null) - Number(other.value === null)",
    replace: "Number(other.value === null) - Number(one.value === null)",
    tests: ["page/sorting"]
  },
  {
    name: "the page asks for the newest records of everyone instead of the chosen people",
    file: "src/page/report/newestRequests.ts",
    find: "{ ...view, comparePrevious: false, widget",
    replace: "{ ...view, everyone: true, comparePrevious: false, widget",
    tests: ["page/newestRequests"]
  },
  {
    name: "the page shows a person who became a member what it shows admins",
    file: "src/page/api/roleNow.ts",
    find: "options?.caller.role ?? person.role",
    replace: "person.role",
    tests: ["page/pageDrafts"]
  },
  {
    name: "the page does not round the number of records as the service does",
    file: "src/presentation/numberFormat.ts",
    find: "(Math.sign(parts) * Math.round(Math.abs(parts)) || 0) / scale",
    replace: "parts / scale",
    tests: ["page/recordsOnPage"]
  },
  {
    name: "a click below horizontal bars opens a category that is not shown",
    file: "src/page/card/marks.ts",
    find: "if (index < shown) return",
    replace: "if (index < count) return",
    tests: ["page/recordsOnPage"]
  },
  {
    name: "a click on the name of a category opens the next one",
    file: "src/page/records/Point.ts",
    find: "itemId === undefined ? index :",
    replace: "itemId === undefined && index !== undefined ? index + 1 :",
    tests: ["page/recordsOnPage"]
  },
  {
    name: "the page repeats a refused request with the same idempotency key",
    file: "src/page/api/idempotencyKeys.ts",
    find: "isRefused(error) || isCancelled",
    replace: "isCancelled",
    tests: ["page/pageDrafts"]
  },
  {
    name: "the page repeats a request whose response was lost with a new idempotency key",
    file: "src/page/api/idempotencyKeys.ts",
    find: "keys.set(request, key)",
    replace: "",
    tests: ["page/pageDrafts"]
  },
  {
    name: "a request of a session that was signed out brings the page back",
    file: "src/page/session/clerkSignIn.ts",
    find: "if (now.kind === \"signedIn\" && now.session === session) set({ ...now,",
    replace: "set({ kind: \"signedIn\", by: \"clerk\", session, people,",
    tests: ["page/clerkSession"]
  },
  {
    name: "after a sign-out, the response to an older choice brings the page back",
    file: "src/page/session/clerkSignIn.ts",
    find: "if (isNewest()) enter(clerk, person)",
    replace: "enter(clerk, person)",
    tests: ["page/clerkSession"]
  },
  {
    name: "of two organizations that are chosen quickly, Clerk keeps the older choice",
    file: "src/page/session/clerkSignIn.ts",
    find: "held.choice = held.choice.catch(() => {}).then(async () => {",
    replace: "held.choice = Promise.resolve().then(async () => {",
    tests: ["page/clerkSession"]
  },
  {
    name: "a response that is cancelled within its body is told as an unreachable service",
    file: "src/page/api/Problem.ts",
    find: "throw isCancelled(error) ? error : unreachable()",
    replace: "throw unreachable()",
    tests: ["page/pageDrafts"]
  },
  {
    name: "the title of a copy ends with half of an emoji",
    file: "src/page/builder/Draft.ts",
    find: ".replace(/[\\ud800-\\udbff]$/, \"\")",
    replace: "",
    tests: ["page/pageDrafts"]
  },
  {
    name: "the page takes an id that is a path of the API as the id of a report",
    file: "src/page/shell/routeOf.ts",
    find: "-[\\da-f]{12})$/i.test(id)",
    replace: "-[\\da-f]{12})$/i.test(id) && id === \"\"",
    tests: ["page/pageDrafts"]
  },
  {
    name: "the name of a timeframe has no year",
    file: "src/page/card/words.ts",
    find: "bucketLabel(\"day\", localization(), true)",
    replace: "bucketLabel(\"day\", localization())",
    tests: ["page/words"]
  },
  {
    name: "the times of the page are in the time zone of the browser",
    file: "src/page/card/words.ts",
    find: "timeZone: zoneOr(zone)",
    replace: "timeZone: zone",
    tests: ["page/words"]
  },
  {
    name: "the page saves fields that the person did not change",
    file: "src/page/builder/Draft.ts",
    find: "...(before.description !== after.description && { description: after.description })",
    replace: "description: after.description",
    tests: ["page/pageDrafts"]
  },
  {
    name: "a timeframe whose dates are instants or no dates leaves the page empty",
    file: "src/page/card/words.ts",
    find: "if (Number.isNaN(Date.parse(text))) return",
    replace: "if (text === \"\") return",
    tests: ["page/words"]
  },
  {
    name: "a new report that is begun destroys the unsaved one",
    file: "src/page/builder/Editing.ts",
    find: "...changed(editing, now),\n  design,",
    replace: "...changed({ ...editing, now: editing.saved, past: [] }, now),\n  design,",
    tests: ["page/pageDrafts"]
  },
  {
    name: "a report that is begun while another one is saved becomes an edit of the saved report",
    file: "src/page/builder/Editing.ts",
    find: "later.begun !== sent.begun",
    replace: "later.before !== sent.before",
    tests: ["page/pageDrafts"]
  },
  {
    name: "the page sends its own people instead of those of the report",
    file: "src/page/report/View.ts",
    find: "people ?? chosenIn(defaultPeople)",
    replace: "people ?? \"everyone\"",
    tests: ["page/view"]
  },
  {
    name: "the page leaves out the filters of the view",
    file: "src/page/report/View.ts",
    find: "view.filters ?? defaults.defaultFilters ?? {}",
    replace: "defaults.defaultFilters ?? {}",
    tests: ["page/view"]
  },
  {
    name: "a card does not say that its number is not filtered",
    file: "src/presentation/notesOf.ts",
    find: "...(ignored.length === 0 ? [] : [t.noteNotFiltered({ filters: named(ignored) })])",
    replace: "",
    tests: ["presentation/presentation"]
  },
  {
    name: "the notice of a draft stays after the draft is undone",
    file: "src/page/builder/Editing.ts",
    find: "past.length > before",
    replace: "past.length >= before",
    tests: ["page/pageDrafts"]
  },
  {
    name: "the page draws a report without the cards that a broken stream has not sent",
    file: "src/page/live/firstRun.ts",
    find: "first !== undefined && all.length === request.widgets.length",
    replace: "first !== undefined",
    tests: ["page/firstRun"]
  },
  {
    name: "the page sends a run that was refused as wrong a second time",
    file: "src/page/live/firstRun.ts",
    find: "if (signal.aborted || !isRefused(error)) throw error",
    replace: "if (signal.aborted) throw error",
    tests: ["page/firstRun"]
  }
]
