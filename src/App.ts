import { Layer } from "effect"
import { HttpRouter } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { Api } from "./api/Api.ts"
import { AuthenticationLayer } from "./http/Authentication.ts"
import { signInLayer } from "./http/authentication/signInLayer.ts"
import { Docs } from "./http/Docs.ts"
import { addressesOf } from "./http/edge/Addresses.ts"
import { edge } from "./http/edge/Edge.ts"
import { Greeting } from "./http/Greeting.ts"
import { Draining, Server } from "./http/Server.ts"
import { SoundRequestLayer } from "./http/SoundRequest.ts"
import { SystemHandlers } from "./http/System.ts"
import { Readiness } from "./services/Readiness.ts"

/** One a group of the Api; the services that handlers take are provided here. */
const Handlers = Layer.mergeAll(SystemHandlers)

/** Everything that answers, but not who signs in, nor where it listens. */
export const Routes = Layer.mergeAll(
  HttpApiBuilder.layer(Api, { openapiPath: "/openapi.json" }),
  Docs,
  edge(addressesOf(Api, ["/openapi.json", "/docs"]))
).pipe(Layer.provide(Handlers), Layer.provide([AuthenticationLayer, SoundRequestLayer]))

/** What `serve` runs: it needs the database's layers only. */
export const App = Layer.mergeAll(Draining, Greeting).pipe(
  Layer.provideMerge(HttpRouter.serve(Routes, { disableLogger: true, disableListenLog: true })),
  Layer.provide(signInLayer),
  Layer.provide(Readiness.layer),
  Layer.provide(Server)
)
