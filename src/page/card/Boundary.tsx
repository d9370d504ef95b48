import { Component, type PropsWithChildren, type ReactNode } from "react"

/** The code of a part could not be loaded. After `forget`, the part is loaded again when it is drawn. */
export class NotLoaded extends Error {
  readonly forget: () => void

  constructor(cause: unknown, forget: () => void) {
    super(String(cause), { cause })
    this.forget = forget
  }
}

interface BoundaryProps {
  readonly fallback: ReactNode
  /** After an error, a change of this value draws the content again. */
  readonly of: unknown
}

export class Boundary extends Component<PropsWithChildren<BoundaryProps>, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError = () => ({ isBroken: true })

  // Here, the fallback is shown. Before, React draws the content again, which would load without an end.
  override componentDidCatch(error: Error) {
    if (error instanceof NotLoaded) error.forget()
  }

  override componentDidUpdate({ of }: BoundaryProps) {
    if (this.state.isBroken && of !== this.props.of) this.setState({ isBroken: false })
  }

  override render() {
    return this.state.isBroken ? this.props.fallback : this.props.children
  }
}
