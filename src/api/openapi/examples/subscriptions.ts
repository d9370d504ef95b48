const chosen = {
  every: "week",
  at: "07:00",
  timeZone: "Europe/Madrid",
  channel: "email",
  format: "pdf",
  locale: "en",
  view: { everyone: true }
}

const recipient = {
  userId: "user_2NNEqL2nrIRdJ194ndJqAHwEfxC",
  endedAt: null,
  pausedAt: null,
  failures: 0,
  last: {
    dueAt: "2026-05-11T05:00:00.000Z",
    state: "sent",
    reason: null,
    attempts: 1,
    settledAt: "2026-05-11T05:00:03.000Z"
  }
}

const subscription = {
  id: "6f6b1d3e-6f7f-4a39-9a7c-1c9d5f1f2f10",
  reportId: "0f4a7c2e-9d5b-4b7e-8f21-3c6d9a1b2e4f",
  createdBy: recipient.userId,
  ...chosen,
  weekStart: 1,
  host: null,
  when: null,
  paused: false,
  pauseReason: null,
  to: [recipient],
  lastTest: null,
  nextAt: "2026-05-18T05:00:00.000Z",
  createdAt: "2026-05-07T09:30:00.000Z"
}

const one = (description: string) => ({ description, examples: { subscription: { value: subscription } } })

const toWebhook = { ...chosen, channel: "webhook", format: "link" }

export const createSubscription = {
  requests: {
    weekly: { summary: "Each week at seven o'clock, as a PDF file", value: { ...chosen, to: [recipient.userId] } },
    webhook: {
      summary: "To a webhook",
      value: { ...toWebhook, url: "https://hooks.example.com/reports" }
    },
    alert: {
      summary: "Each day at seven o'clock, if the win rate has fallen below 30%",
      value: {
        ...chosen,
        every: "day",
        to: [recipient.userId],
        when: { instanceId: "win-rate", of: "value", below: 30 }
      }
    }
  },
  responses: {
    201: {
      description: "The stored subscription.",
      examples: {
        subscription: { value: { ...subscription, secret: null } },
        webhook: {
          value: {
            ...subscription,
            ...toWebhook,
            host: "hooks.example.com",
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
          }
        }
      }
    }
  }
}

export const listSubscriptions = {
  responses: {
    200: { description: "The subscriptions.", examples: { one: { value: { results: [subscription] } } } }
  }
}

export const getSubscription = { responses: { 200: one("The subscription.") } }

export const updateSubscription = {
  requests: {
    later: { summary: "An hour later", value: { at: "08:00" } },
    paused: { summary: "No mails until it is changed again", value: { paused: true } }
  },
  responses: { 200: one("The changed subscription.") }
}

export const testSubscription = { responses: { 202: { description: "The message waits to be sent." } } }

export const deleteSubscription = { responses: { 204: { description: "Subscription deleted." } } }
