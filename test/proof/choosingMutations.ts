import type { Mutation } from "./mutations.ts"

/** With these faults, the page narrows, compares, finds, edits, dates, or deletes reports wrongly. */
export const choosingMutations: ReadonlyArray<Mutation> = [
  {
    name: "“Only” narrows the report to a value of a filter that the metric does not have",
    file: "src/page/choosing/narrowing.ts",
    find: "!filters.includes(key) || ",
    replace: "",
    tests: ["page/narrowing"]
  },
  {
    name: "“Only” removes the other filters",
    file: "src/page/choosing/narrowing.ts",
    find: "withValues(filters, key, [value])",
    replace: "withValues({}, key, [value])",
    tests: ["page/narrowing"]
  },
  {
    name: "a second click on a name removes the filter that the report has",
    file: "src/page/choosing/narrowing.ts",
    find: "withValues(shown.filters, key, usual.filters[key])",
    replace: "withValues(shown.filters, key)",
    tests: ["page/narrowing"]
  },
  {
    name: "the first name of a legend is shown as chosen in every view",
    file: "src/page/choosing/narrowing.ts",
    find: "to !== undefined && isChosen(to)",
    replace: "to !== undefined",
    tests: ["page/narrowing"]
  },
  {
    name: "the last full period of a line has no dot",
    file: "src/presentation/timeseriesMarks.ts",
    find: "isAbove(index) ? value ?? \"-\" : \"-\"",
    replace: "points[index]?.partial === true ? value ?? \"-\" : \"-\"",
    tests: ["presentation/timeseriesDots"]
  },
  {
    name: "an unticked box of a list chooses it again",
    file: "src/page/choosing/Choice.ts",
    find: "chosen.filter((other) => other !== value)",
    replace: "chosen",
    tests: ["page/choices"]
  },
  {
    name: "a comparison shows a worse number as better",
    file: "src/presentation/compared.ts",
    find: "difference > 0 === moreIsBetter",
    replace: "difference > 0",
    tests: ["presentation/compared"]
  },
  {
    name: "a comparison of buckets of two dates shows only the date of the snapshot",
    file: "src/presentation/compared.ts",
    find: "|| otherKey === key",
    replace: "|| otherKey !== key",
    tests: ["presentation/compared"]
  },
  {
    name: "the last opened reports come before the favourites",
    file: "src/page/finding/Kept.ts",
    find: "[...favourites, ...opened]",
    replace: "[...opened, ...favourites]",
    tests: ["page/kept"]
  },
  {
    name: "a favourite that moves up comes after the other one",
    file: "src/page/finding/Kept.ts",
    find: "? [id, one]",
    replace: "? [one, id]",
    tests: ["page/kept"]
  },
  {
    name: "what is undone is deleted when the time of its toast ends",
    file: "src/page/shell/ToastList.ts",
    find: "if (!held.shown.includes(toast)) return",
    replace: "",
    tests: ["page/toasts"]
  },
  {
    name: "Ctrl+Z undoes the oldest toast",
    file: "src/page/shell/ToastList.ts",
    find: "held.shown.findLast(",
    replace: "held.shown.find(",
    tests: ["page/toasts"]
  },
  {
    name: "new toasts close a toast with an undo",
    file: "src/page/shell/ToastList.ts",
    find: "held.shown.find(({ onUndo }) => onUndo === undefined)",
    replace: "held.shown[0]",
    tests: ["page/toasts"]
  },
  {
    name: "lists leave out a report whose deletion the service refused",
    file: "src/page/api/leaving.ts",
    find: "        stays(id)\n        warn(",
    replace: "        warn(",
    tests: ["page/toasts"]
  },
  {
    name: "a card goes up over the cards above it",
    file: "src/presentation/grid.ts",
    find: "let row = Math.min(card.y, ",
    replace: "let row = Math.min(0, ",
    tests: ["presentation/placesAndNotes"]
  },
  {
    name: "a card that is moved leaves a hole",
    file: "src/page/grid/arrangements.ts",
    find: ".filter((next) => holesOf(next) <= most)",
    replace: "",
    tests: ["page/places"]
  },
  {
    name: "the room of a removed card stays empty",
    file: "src/page/grid/arrangements.ts",
    find: "roomOf(up) <= roomOf(wide) ? up : wide",
    replace: "up",
    tests: ["page/removal"]
  },
  {
    name: "cards stay wider after a removed card is back",
    file: "src/page/builder/Draft.ts",
    find: "now.x === one.x && now.w === one.w ? old : now",
    replace: "now",
    tests: ["page/removal"]
  },
  {
    name: "a key moves another card alone",
    file: "src/page/grid/arrange.ts",
    find: "arrangementsOf(items, item).filter(isAhead)",
    replace: "arrangementsOf(items, item)",
    tests: ["page/places"]
  },
  {
    name: "“Only changes” hides a card that changed",
    file: "src/presentation/compared.ts",
    find: "difference === 0 || value === other",
    replace: "difference !== null || value === other",
    tests: ["presentation/compared"]
  },
  {
    name: "the note of lighter bars disappears beside another note",
    file: "src/presentation/notesOf.ts",
    find: "[...new Set([...first, ...drawnNotes(series, localization)])]",
    replace: "first",
    tests: ["presentation/placesAndNotes"]
  },
  {
    name: "an edit that goes on during a save takes back the other person's fields",
    file: "src/page/builder/Editing.ts",
    find: "({ ...saved, ...changesBetween(sent, draft) })",
    replace: "draft",
    tests: ["page/pageDrafts"]
  },
  {
    name: "after a sleep, old numbers are dated to the moment when the page noticed the lost stream",
    file: "src/page/live/follow.ts",
    find: "if (isOpen) onClose(heardAt)",
    replace: "if (isOpen) onClose(Date.now())",
    tests: ["page/follow"]
  }
]
