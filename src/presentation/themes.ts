import type { ColorName } from "../domain/Color.ts"

/** Text and marks have a contrast of at least 4.5:1 with `surface`. */
export interface Theme {
  readonly name: "light" | "dark"
  readonly page: string
  readonly surface: string
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly good: string
  readonly bad: string
  readonly colors: { readonly [Name in ColorName]: string }
}

export const light: Theme = {
  name: "light",
  page: "#f4f6fa",
  surface: "#ffffff",
  ink: "#1b2130",
  muted: "#556070",
  line: "#e2e7ef",
  good: "#167a50",
  bad: "#b3372f",
  colors: {
    blue: "#2f6fed",
    orange: "#c2551a",
    green: "#17835f",
    violet: "#8458d0",
    pink: "#c2418f",
    teal: "#0c7d9c",
    amber: "#8c7009",
    red: "#b8324a",
    slate: "#64748b"
  }
}

export const dark: Theme = {
  name: "dark",
  page: "#0f1218",
  surface: "#171b23",
  ink: "#eef1f6",
  muted: "#a7b0bf",
  line: "#2f3746",
  good: "#55cf9b",
  bad: "#ff8f85",
  colors: {
    blue: "#6ea0ff",
    orange: "#ff9a66",
    green: "#4fd1a5",
    violet: "#b798ff",
    pink: "#f083c3",
    teal: "#5cc8e8",
    amber: "#d8bd4a",
    red: "#f2857c",
    slate: "#9fb0c2"
  }
}

export const fontFamily = "Inter, system-ui, sans-serif"
