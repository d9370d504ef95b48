import { Failure } from "../domain/Failure.ts"

export class RouteNotFound extends Failure<RouteNotFound>()("RouteNotFound", {
  status: 404,
  code: "route_not_found",
  message: "There is nothing at this address."
}) {}

export class MethodNotAllowed extends Failure<MethodNotAllowed>()("MethodNotAllowed", {
  status: 405,
  code: "method_not_allowed",
  message: "This address does not answer to this method."
}) {}

export class BodyTooLarge extends Failure<BodyTooLarge>()("BodyTooLarge", {
  status: 413,
  code: "body_too_large",
  message: "The body is larger than 1 MiB."
}) {}

export class UnsupportedMediaType extends Failure<UnsupportedMediaType>()("UnsupportedMediaType", {
  status: 415,
  code: "unsupported_media_type",
  message: "Send application/json in UTF-8, without a content encoding."
}) {}

export class NotLocal extends Failure<NotLocal>()("NotLocal", {
  status: 403,
  code: "not_local",
  message: "The development sign-in gives tokens only to this machine, at an address such as http://127.0.0.1:3000."
}) {}

export class HeadersTooLarge extends Failure<HeadersTooLarge>()("HeadersTooLarge", {
  status: 431,
  code: "headers_too_large",
  message: "The headers are larger than 16 KiB."
}) {}

export class RequestTimedOut extends Failure<RequestTimedOut>()("RequestTimedOut", {
  status: 408,
  code: "request_timeout",
  message: "The request did not arrive in time."
}) {}

/** A defect of ours: what happened is in the log under the same request id, never in the body. */
export class InternalError extends Failure<InternalError>()("InternalError", {
  status: 500,
  code: "internal_error",
  message: "Something went wrong on our side."
}) {}
