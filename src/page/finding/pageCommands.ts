import { useEffect } from "react"
import type { IconName } from "../shell/Icon.tsx"

export interface Command {
  readonly label: string
  readonly icon: IconName
  readonly go: () => void
}

const shown: { commands: ReadonlyArray<Command> } = { commands: [] }

/** The search offers these commands while the calling part of the page is shown. */
export const useCommands = (commands: ReadonlyArray<Command>): void => {
  useEffect(() => {
    shown.commands = commands
    return () => {
      shown.commands = []
    }
  })
}

export const shownCommands = (): ReadonlyArray<Command> => shown.commands
