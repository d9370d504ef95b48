import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { ConfigProvider, Context, Duration, Effect, Exit, Layer, Ref, Scope } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { signInWith } from "../../src/http/authentication/signInLayer.ts"
import type { SignInSettings } from "../../src/http/authentication/SignInSettings.ts"
import { ResponseBudget } from "../../src/http/middleware/responseBudget.ts"
import { makeServer } from "../../src/http/Server.ts"
import { ApiKeys } from "../../src/services/keys/ApiKeys.ts"
import { logInto } from "./logInto.ts"
import { makeProbe } from "./ProbeApi.ts"
import { issuer, party } from "./Tokens.ts"

export const settingsFor = (pem: string): SignInSettings => ({ issuer, authorizedParties: [party], key: { pem } })

export interface Probe {
  readonly call: (path: string, init?: RequestInit) => Promise<Response>
  readonly reached: () => number
  readonly logged: ReadonlyArray<string>
  readonly close: () => Promise<void>
}

const listening = (logged: Array<string>) => logInto(logged)

/** Sends requests directly to the router, without a socket. */
export const openProbe = (settings: SignInSettings): Probe => {
  const reached = Ref.makeUnsafe(0)
  const logged: Array<string> = []
  const { dispose, handler } = HttpRouter.toWebHandler(
    makeProbe(reached).pipe(
      Layer.provide([signInWith(settings), ApiKeys.layerNotConfigured]),
      Layer.provide([HttpServer.layerServices, ResponseBudget.layerUnlimited]),
      Layer.provideMerge(listening(logged))
    ),
    { disableLogger: true }
  )
  return {
    call: (path, init) => handler(new Request(`http://probe.example${path}`, init)),
    reached: () => Ref.getUnsafe(reached),
    logged,
    close: dispose
  }
}

/** Runs the real server on its own port. */
export const listenProbe = async (
  settings: SignInSettings,
  env: Record<string, string> = {}
): Promise<Probe & { readonly port: number }> => {
  const reached = Ref.makeUnsafe(0)
  const logged: Array<string> = []
  const scope = Scope.makeUnsafe()
  const built = await Effect.runPromise(
    Layer.buildWithScope(
      HttpRouter.serve(makeProbe(reached), { disableLogger: true, disableListenLog: true }).pipe(
        Layer.provide([signInWith(settings), ApiKeys.layerNotConfigured, ResponseBudget.layer]),
        Layer.provideMerge(
          NodeHttpServer.layer(() => makeServer(Duration.seconds(1)), {
            port: 0,
            host: "127.0.0.1",
            gracefulShutdownTimeout: "1 second"
          })
        ),
        Layer.provideMerge(listening(logged)),
        Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
      ),
      scope
    )
  )
  const { address } = Context.get(built, HttpServer.HttpServer)
  const port = "port" in address ? address.port : 0
  return {
    port,
    call: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
    reached: () => Ref.getUnsafe(reached),
    logged,
    close: () => Effect.runPromise(Scope.close(scope, Exit.void))
  }
}
