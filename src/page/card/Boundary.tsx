import { Component, type PropsWithChildren, type ReactNode } from "react"

interface BoundaryProps {
  readonly fallback: ReactNode
  /** The content is drawn again after a change of this value. */
  readonly of: unknown
}

export class Boundary extends Component<PropsWithChildren<BoundaryProps>, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError = () => ({ isBroken: true })

  override componentDidUpdate({ of }: BoundaryProps) {
    if (this.state.isBroken && of !== this.props.of) this.setState({ isBroken: false })
  }

  override render() {
    return this.state.isBroken ? this.props.fallback : this.props.children
  }
}
