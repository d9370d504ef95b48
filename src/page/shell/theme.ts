import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react"
import { dark, light, type Theme } from "../../presentation/themes.ts"
import { ifAllowed } from "./ifAllowed.ts"

export type ThemeChoice = "light" | "dark" | "system"

const place = "crm-reports.theme"

const query = matchMedia("(prefers-color-scheme: dark)")
const printing = matchMedia("print")

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
query.addEventListener("change", tell)
printing.addEventListener("change", tell)

let chosen: ThemeChoice | undefined

const choice = (): ThemeChoice => {
  if (chosen !== undefined) return chosen
  const kept = ifAllowed(() => localStorage.getItem(place))
  return kept === "light" || kept === "dark" ? kept : "system"
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const isDark = () => !printing.matches && (choice() === "dark" || (choice() === "system" && query.matches))

const applied = (theme: Theme) => {
  const { style } = document.documentElement
  const { colors, name, ...tokens } = theme
  style.setProperty("color-scheme", name)
  for (const [token, value] of Object.entries({ ...tokens, ...colors })) style.setProperty(`--${token}`, value)
  document.documentElement.dataset["theme"] = name
}

export const chooseTheme = (next: ThemeChoice) => {
  chosen = next
  tell()
  ifAllowed(() => localStorage.setItem(place, next))
}

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, choice)

export const useMadeTheme = (): Theme => {
  const theme = useSyncExternalStore(subscribe, isDark) ? dark : light
  useMemo(() => applied(theme), [theme])
  useEffect(() => applied(theme), [theme])
  return theme
}

export const ThemeContext = createContext<Theme>(light)
export const useTheme = (): Theme => useContext(ThemeContext)
