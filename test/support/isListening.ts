import { Effect } from "effect"
import { connect } from "node:net"

export const isListening = (port: number) =>
  Effect.promise(() =>
    new Promise<boolean>((done) => {
      const socket = connect(port, "127.0.0.1")
      const said = (isOpen: boolean) => () => {
        socket.destroy()
        done(isOpen)
      }
      socket.once("connect", said(true)).once("error", said(false))
    })
  )
