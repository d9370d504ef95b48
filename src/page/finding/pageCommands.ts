import { useEffect } from "react"
import type { IconName } from "../shell/Icon.tsx"

export interface Command {
  readonly label: string
  /** Other words that find the command. */
  readonly words?: string
  /** True for one of many commands. It is found only by a text, and comes after the other results. */
  readonly isOfMany?: boolean
  readonly icon: IconName
  readonly go: () => void
}

const shown = new Set<ReadonlyArray<Command>>()

/** The search offers these commands while the calling part of the page is shown. */
export const useCommands = (commands: ReadonlyArray<Command>): void => {
  useEffect(() => {
    shown.add(commands)
    return () => {
      shown.delete(commands)
    }
  })
}

export const shownCommands = (): ReadonlyArray<Command> => [...shown].flat()
