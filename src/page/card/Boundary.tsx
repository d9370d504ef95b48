import { Component, type PropsWithChildren, type ReactNode } from "react"

interface BoundaryProps {
  readonly fallback: ReactNode
  /** After an error, a change of this value draws the content again. */
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
