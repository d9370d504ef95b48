import { t } from "./messages.ts"

const paths = {
  add: "M8 3v10M3 8h10",
  back: "M10 3 5 8l5 5",
  calendar: "M2.5 4.5h11v9h-11zM2.5 7.5h11M5.5 2.5v3M10.5 2.5v3",
  close: "m4 4 8 8M12 4l-8 8",
  compare: "M2.5 5.5h9M9 3l2.5 2.5L9 8M13.5 10.5h-9M7 8l-2.5 2.5L7 13",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  dots: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  down: "M8 3v10M4 9l4 4 4-4",
  download: "M8 2.5v8M4.5 7.5 8 11l3.5-3.5M2.5 13.5h11",
  edit: "m10.5 3 2.5 2.5L6 12.5l-3 .5.5-3zM9 4.5 11.5 7",
  expand: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  freeze: "M8 2v12M3 5l10 6M13 5 3 11M6.3 3 8 4.4 9.7 3M6.3 13 8 11.6 9.7 13",
  grip: "M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01",
  history: "M3 3v3h3M3.3 6A5.3 5.3 0 1 1 2.8 9M8 5v3.2l2 1.3",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 7.5v3.5M8 5h.01",
  link: "M6.5 9.5l3-3M7.5 4.5l1.2-1.2a2.8 2.8 0 0 1 4 4L11.5 8.5M8.5 11.5l-1.2 1.2a2.8 2.8 0 0 1-4-4L4.5 7.5",
  list: "M6 4h7.5M6 8h7.5M6 12h7.5M2.7 4h.01M2.7 8h.01M2.7 12h.01",
  lock: "M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2",
  mail: "M2.5 4h11v8.5h-11zM3 4.5l5 4 5-4",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  people:
    "M6 7.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8M1.8 13c.2-2.4 1.8-3.7 4.2-3.7s4 1.3 4.2 3.7M10.8 3a2.2 2.2 0 0 1 0 4.2M12 9.6c1.4.5 2.1 1.7 2.2 3.4",
  play: "M5 3.5v9l7.5-4.5z",
  print: "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
  redo: "M10 3.5 13 6.5 10 9.5M13 6.5H6.5a3.5 3.5 0 0 0 0 7H9",
  refresh: "M13 3v3h-3M12.7 6A5.3 5.3 0 1 0 13.2 9",
  report: "M3 13V8M6.5 13V3M10 13V6M13.3 13v-3",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.5 10.5 14 14",
  shield: "M8 2 3 4v4c0 3 2 5 5 6 3-1 5-3 5-6V4zM5.8 8l1.6 1.6L10.4 6.5",
  star: "m8 2.3 1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9-2.9-2.7 3.9-.5z",
  up: "M8 13V3M4 7l4-4 4 4",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 3.5v9",
  target: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  trash: "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.5 9h7l.5-9",
  undo: "M6 3.5 3 6.5 6 9.5M3 6.5h6.5a3.5 3.5 0 0 1 0 7H7"
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg className={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)

export const UnsavedDot = () => <span className="dot" role="img" aria-label={t.notSavedDot()} title={t.notSaved()} />
