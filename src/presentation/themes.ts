import type { ColorName } from "../domain/Color.ts"

/**
 * Text has a contrast of at least 4.5:1 with `surface`, and marks of at least 3:1. All colors of marks also differ for
 * people with a color vision deficiency.
 */
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
    green: "#007b56",
    violet: "#8057c4",
    pink: "#cd368a",
    teal: "#0088ae",
    amber: "#866f37",
    red: "#bf004b",
    lime: "#749535",
    slate: "#60728a"
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
    green: "#00cb9b",
    violet: "#aa92dd",
    pink: "#ff7cbd",
    teal: "#4dd5ff",
    amber: "#d7b900",
    red: "#ff7b74",
    lime: "#b6e15e",
    slate: "#9cb4cd"
  }
}

export const fontFamily = "Inter, system-ui, sans-serif"
