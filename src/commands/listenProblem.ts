interface ListenError extends Error {
  readonly code: string
  readonly syscall: string
  readonly address?: string
  readonly port?: number
}

export const isListenError = (error: unknown): error is ListenError =>
  error instanceof Error && "code" in error && "syscall" in error &&
  (error.syscall === "listen" || error.syscall === "getaddrinfo")

export const listenProblem = ({ address, code, message, port }: ListenError, setting = "PORT"): string => {
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} at ${address} is in use: stop the process that uses it, or set ${setting}, such as ${setting}=3001 npm start`
    case "EACCES":
      return `this user may not listen on port ${port}: set ${setting} to a number from 1024, such as ${setting}=3001 npm start`
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST is not an address of this machine (${message}): set HOST to 0.0.0.0 or 127.0.0.1`
    default:
      return `cannot listen (${message}): check HOST and ${setting}`
  }
}
