import type { Mutation } from "./mutations.ts"

const posting = "src/services/deliveries/Posting.ts"
const addresses = "src/services/deliveries/postUrl.ts"
const urls = "src/services/deliveries/postUrl.ts"
const subscriptions = "src/services/deliveries/Subscriptions.ts"
const connections = "services/deliveries/posting"
const answers = "services/deliveries/postAnswers"
const webhooks = "services/deliveries/webhooks"
const failures = "services/deliveries/webhookFailures"
const repos = "services/reports/repos"

/** These faults reach servers that must not be reached, sign wrongly, or post numbers of other people. */
export const webhookMutations: ReadonlyArray<Mutation> = [
  {
    name: "a message counts under the gate of an admin",
    file: "src/services/deliveries/MailContents.ts",
    find: "const document = yield* exporting.document(reader,",
    replace: "const document = yield* exporting.document({ ...reader, role: \"admin\" as const },",
    tests: [webhooks, "services/deliveries/deliveryGate"]
  },
  {
    name: "a test of a webhook has the numbers of the caller",
    file: "src/domain/subscriptionRules.ts",
    find: "channel === \"email\" ? userId : createdBy",
    replace: "channel === undefined ? createdBy : userId",
    tests: [webhooks, repos]
  },
  {
    name: "everybody who manages a subscription chooses where the numbers of its creator go",
    file: subscriptions,
    find: "if (!isMail && before.createdBy !== caller.userId)",
    replace: "if (!isMail && caller.userId === \"\")",
    tests: [webhooks]
  },
  {
    name: "a signature has no time",
    file: posting,
    find: ".update(`${id}.${seconds}.`)",
    replace: ".update(`${id}.`)",
    tests: [webhooks]
  },
  {
    name: "a webhook is signed with the text of its secret",
    file: posting,
    find: "Buffer.from(secret.replace(/^whsec_/, \"\"), \"base64\")",
    replace: "Buffer.from(secret)",
    tests: [webhooks]
  },
  {
    name: "all webhooks have one secret",
    file: "src/services/deliveries/postOf.ts",
    find:
      "createHmac(\"sha256\", Buffer.from(linkKey, \"base64url\"))\n    .update(JSON.stringify([\"webhook\", organizationId, subscriptionId]))",
    replace:
      "createHmac(\"sha256\", \"\")\n    .update(JSON.stringify([\"webhook\", organizationId, subscriptionId.length, linkKey.length]))",
    tests: [webhooks]
  },
  {
    name: "a message of Slack has a signature",
    file: "src/services/deliveries/postOf.ts",
    find: "secret: isWebhook ? webhookSecret(order.linkKey, claimed) : undefined",
    replace: "secret: webhookSecret(order.linkKey, claimed)",
    tests: [webhooks]
  },
  {
    name: "a title notifies everybody in Slack",
    file: "src/documents/slackMessage.ts",
    find: ".replaceAll(\"<\", \"&lt;\")",
    replace: "",
    tests: [webhooks]
  },
  {
    name: "a subscription shows its url",
    file: "src/domain/subscriptionRules.ts",
    find: "URL.parse(url)?.host ?? null",
    replace: "URL.parse(url)?.href ?? null",
    tests: [webhooks, repos]
  },
  {
    name: "an address of IPv4 may be private",
    file: addresses,
    find: "if (version === 4) return !special4.check(address, \"ipv4\")",
    replace: "if (version === 4) return !loopback4.check(address, \"ipv4\")",
    tests: ["services/deliveries/postUrl"]
  },
  {
    name: "an address of IPv6 may contain a private one of IPv4",
    file: addresses,
    find: "&& global6.check(address, \"ipv6\")",
    replace: "&& !loopback6.check(address, \"ipv6\")",
    tests: ["services/deliveries/postUrl"]
  },
  {
    name: "an address in a url is not checked",
    file: urls,
    find: "isIP(host) === 0 || isAllowed(host)",
    replace: "isIP(host) === 0 || isAllowed(host) || host !== \"\"",
    tests: ["services/deliveries/postUrl"]
  },
  {
    name: "a url without TLS is allowed",
    file: urls,
    find: "if (!isLocal && url.protocol !== \"https:\")",
    replace: "if (!isLocal && ![\"https:\", \"http:\"].includes(url.protocol))",
    tests: ["services/deliveries/postUrl"]
  },
  {
    name: "messages of Slack go to any server",
    file: urls,
    find: "origin === slackOrigin && pathname",
    replace: "origin !== \"\" && pathname",
    tests: ["services/deliveries/postUrl"]
  },
  {
    name: "a name with a public address may also have a private one",
    file: posting,
    find: "!addresses.every(",
    replace: "!addresses.some(",
    tests: [connections]
  },
  {
    name: "the addresses of a name are not checked",
    file: posting,
    find: "!addresses.every(({ address }) => isAllowed(address))",
    replace: "addresses.some(({ address }) => isAllowed(address) && address === \"\")",
    tests: [connections]
  },
  {
    name: "a server with a wrong certificate gets a message",
    file: posting,
    find: "        agent: false,\n",
    replace: "        agent: false,\n        rejectUnauthorized: false,\n",
    tests: [connections]
  },
  {
    name: "a message leaves although another process has the delivery",
    file: posting,
    find: "if (state.isHanded) request.end(bytes)",
    replace: "if (state.isHanded || bytes.length > 0) request.end(bytes)",
    tests: [connections]
  },
  {
    name: "a message waits for its time limit if it is unknown whether another process has the delivery",
    file: posting,
    find: "if (Exit.isFailure(handed)) resume(Effect.failCause(handed.cause))\n        else ",
    replace: "if (Exit.isFailure(handed)) return\n        ",
    tests: [connections]
  },
  {
    name: "a redirect counts as sent",
    file: posting,
    find: "status >= 200 && status < 300",
    replace: "status >= 200 && status < 400",
    tests: [answers]
  },
  {
    name: "a message that the server may have counts as not sent",
    file: posting,
    find: "if (status === undefined) return \"unknown\"",
    replace: "if (status === undefined) return \"later\"",
    tests: [answers, failures]
  },
  {
    name: "a url that fails is never paused",
    file: "src/domain/Delivery.ts",
    find: "\"address_refused\", \"url_refused\", \"url_failed\"])",
    replace: "\"address_refused\"])",
    tests: [failures]
  },
  {
    name: "production starts with urls of this machine",
    file: "src/services/deliveries/mailSettings.ts",
    find: "isLoopbackAllowed && mode === \"production\" ?",
    replace: "isLoopbackAllowed && mode === \"test\" ?",
    tests: ["services/deliveries/postUrl"]
  }
]
