import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import type { UserId } from "../../../src/domain/Ids.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { seedsFor } from "../../proof/storesFor.ts"
import { alerting, alertScene, closed, firstDay } from "../../support/alertScene.ts"
import { deliverAt } from "../../support/deliveries.ts"
import { ana, bo, minute, seven } from "../../support/deliveryScene.ts"
import { type Chance, chanceFrom } from "../../support/generative/chance.ts"
import type { Answer } from "../../support/smtpServer.ts"

const days = 14
const people = [ana, bo]

/** Lists how the mail server answers the first, the second, and further mails of a day. */
const servers: ReadonlyArray<ReadonlyArray<Answer>> = [["accept"], ["close", "accept"], ["close", "close"], [
  451,
  "accept"
], [550]]

interface Day {
  /** The win rate, or null without a closed deal. */
  readonly rate: 0 | 50 | 100 | null
  readonly answers: ReadonlyArray<Answer>
}

const thresholds = [{ above: 40 }, { above: 50 }, { below: 60 }, { below: 50 }]
type Threshold = { readonly above?: number; readonly below?: number }

interface Story {
  readonly days: ReadonlyMap<UserId, ReadonlyArray<Day>>
  /** The threshold from this day on. */
  readonly thresholds: ReadonlyArray<Threshold>
}

const storyOf = ({ isOneIn, oneOf }: Chance): Story => {
  const day = (): Day => ({
    rate: oneOf([0, 50, 100, null] as const) ?? null,
    answers: isOneIn(2) ? ["accept"] : oneOf(servers) ?? []
  })
  let [threshold = {}]: ReadonlyArray<Threshold> = thresholds
  return {
    days: new Map(people.map(({ userId }) => [userId, Array.from({ length: days }, day)])),
    thresholds: Array.from({ length: days }, () => {
      if (isOneIn(6)) threshold = oneOf(thresholds) ?? threshold
      return threshold
    })
  }
}

/** The model knows only which threshold a person was told of, until the number is judged and is not beyond the threshold. */
const expectedFor = ({ days, thresholds }: Story, userId: UserId): ReadonlyArray<ReadonlyArray<boolean>> => {
  let toldOf: Threshold | undefined
  let refusals = 0
  return (days.get(userId) ?? []).map(({ answers, rate }, index) => {
    const threshold = thresholds[index] ?? {}
    if (rate === null || refusals === 5) return []
    const isPast = rate > (threshold.above ?? 100) || rate < (threshold.below ?? 0)
    if (!isPast) toldOf = undefined
    if (!isPast || toldOf === threshold) return []
    const [first, second] = answers
    if (first === 550) refusals += 1
    else [toldOf, refusals] = [threshold, second === "close" ? refusals : 0]
    return first === "close" ? [false, true] : first === 451 ? [false, false] : [false]
  })
}

const dealsOf = ({ days }: Story, { userId }: { readonly userId: UserId }) => {
  const own = days.get(userId) ?? []
  const with_ = (status: string, rates: ReadonlyArray<Day["rate"]>) =>
    closed(userId, ...own.map(({ rate }) => rates.includes(rate) ? { status } : {})).map((row) => ({
      ...row,
      dealId: `${status} ${row.dealId}`
    }))
  return [...with_("won", [50, 100]), ...with_("lost", [0, 50])]
}

it.live.each(seedsFor({ quick: 6, full: 40 }))(
  "in a random story, an alert sends what a simple model says (seed %d)",
  (seed) => {
    const story = storyOf(chanceFrom(seed))
    return alertScene(
      { deals: people.flatMap((person) => dealsOf(story, person)) },
      (server) =>
        Effect.gen(function*() {
          const alert = { instanceId: "rate", of: "value" } as const
          const [first] = story.thresholds
          const { id } = yield* alerting(ana, ["ana", "bo"], { ...alert, ...first }, { view: { everyone: false } })
          const { update } = yield* Subscriptions
          const got = new Map(people.map(({ userId }): [UserId, Array<ReadonlyArray<boolean>>] => [userId, []]))
          for (let day = 0; day < days; day++) {
            const seen = server.mails.length
            const now = seven(firstDay + day)
            const threshold = story.thresholds[day] ?? {}
            if (threshold !== story.thresholds[day - 1] && day > 0) {
              yield* update(ana, id, { when: { ...alert, ...threshold } }).pipe(fixedClock(now - minute))
            }
            server.behaviour.answer = (to) => {
              const mails = server.mails.slice(seen).filter((mail) => mail.to === to).length
              const answers = people.flatMap(({ userId }) =>
                to.startsWith(`${userId}@`) ? story.days.get(userId)?.[day]?.answers ?? [] : []
              )
              return answers[mails - 1] ?? answers.at(-1) ?? "accept"
            }
            for (const minutes of [0, 2, 6, 15]) yield* deliverAt(now + minutes * minute)
            for (const { userId } of people) {
              const mails = server.mails.slice(seen).filter(({ to }) => to.startsWith(`${userId}@`))
              got.get(userId)?.push(mails.map(({ isMarked }) => isMarked))
            }
          }
          for (const { userId } of people) {
            assert.deepStrictEqual(got.get(userId), expectedFor(story, userId), JSON.stringify(story.thresholds))
          }
        })
    )
  }
)
