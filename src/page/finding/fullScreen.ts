/** The browser of an iPhone has no full screen, and does not define these properties of its document. */
interface Filled {
  readonly fullscreenElement?: unknown
  readonly fullscreenEnabled?: boolean
}

export const mayFill = ({ fullscreenEnabled = false }: Filled) => fullscreenEnabled

export const isFilled = ({ fullscreenElement = null }: Filled) => fullscreenElement !== null
