import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react"
import { dark, light, type Theme } from "../../presentation/themes.ts"

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

/** A browser that blocks cookies also forbids storage. */
const choice = (): ThemeChoice => {
  if (chosen !== undefined) return chosen
  try {
    const kept = localStorage.getItem(place)
    return kept === "light" || kept === "dark" ? kept : "system"
  } catch {
    return "system"
  }
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
  try {
    localStorage.setItem(place, next)
  } catch {
    // The choice is kept until the page is closed.
  }
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
