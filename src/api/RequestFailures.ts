import { Failure } from "../domain/Failure.ts"

export class RouteNotFound extends Failure<RouteNotFound>()("RouteNotFound", {
  status: 404,
  code: "route_not_found",
  message: "No route matches this URL."
}) {}

export class MethodNotAllowed extends Failure<MethodNotAllowed>()("MethodNotAllowed", {
  status: 405,
  code: "method_not_allowed",
  message: "This URL does not support this method. `Allow` lists the supported ones."
}) {}

export class BodyTooLarge extends Failure<BodyTooLarge>()("BodyTooLarge", {
  status: 413,
  code: "body_too_large",
  message: "The body is larger than 1 MiB."
}) {}

export class UnsupportedMediaType extends Failure<UnsupportedMediaType>()("UnsupportedMediaType", {
  status: 415,
  code: "unsupported_media_type",
  message: "Send `application/json` in UTF-8, without a content encoding."
}) {}

export class NotLocal extends Failure<NotLocal>()("NotLocal", {
  status: 403,
  code: "not_local",
  message:
    "The development sign-in gives tokens only to this machine, at an address such as http://127.0.0.1:3000. A container needs the network of its host for it, as with `docker run --network host`."
}) {}

export class HeadersTooLarge extends Failure<HeadersTooLarge>()("HeadersTooLarge", {
  status: 431,
  code: "headers_too_large",
  message: "The headers are larger than 16 KiB."
}) {}

export class RequestTimedOut extends Failure<RequestTimedOut>()("RequestTimedOut", {
  status: 408,
  code: "request_timeout",
  message: "The request was not received in time."
}) {}

export class InternalError extends Failure<InternalError>()("InternalError", {
  status: 500,
  code: "internal_error",
  message: "The service failed. The log has the cause under this request id."
}) {}
