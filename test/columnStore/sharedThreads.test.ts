import { assert, describe, it } from "@effect/vitest"
import { makeDictionary } from "../../src/columnStore/Dictionary.ts"
import { makeSharedThreads, maxSharedMails, type SharedThreads } from "../../src/columnStore/joined/SharedThreads.ts"
import type { Timeframe } from "../../src/domain/Timeframe.ts"
import { planFor } from "../proof/statements.ts"

const first = Date.parse("2024-05-02T00:00:00Z")

const mail = (isOutbound: boolean, days: number) => ({ owner: "ana", isOutbound, at: first + days * 86_400_000 })

const thread = (key: number, daysToAnswer: number) => ({
  key: String(key),
  mails: [mail(true, 0), mail(false, daysToAnswer)]
})

const planIn = (timeframe: Timeframe) =>
  planFor({ id: "emails.reply_rate", groupBy: undefined, timeframe, userIds: ["ana"], filters: {} })

const counted = (threads: SharedThreads, plan = planIn({ preset: "all_time" })) => {
  let [all, answered] = [0, 0]
  const isCounted = threads.count(plan, (_, isAnswered) => {
    all += 1
    if (isAnswered) answered += 1
  })
  return isCounted ? { all, answered } : undefined
}

describe("shared threads", () => {
  it.each([
    ["whose owners are all in scope", []],
    ["beside a thread outside the scope", [{ ...mail(true, 0), owner: "bob" }, { ...mail(false, 1), owner: "bob" }]]
  ])("shared threads %s are counted correctly after many threads have changed", (_, outside) => {
    const threads = makeSharedThreads(makeDictionary())
    if (outside.length > 0) threads.append(1, { key: "-1", mails: outside })
    for (let key = 0; key < 2_000; key++) threads.append(1, thread(key, 1))
    for (let key = 0; key < 2_000; key++) {
      threads.append(-1, thread(key, 1))
      if (key % 4 === 0) threads.append(1, thread(key, 20))
    }
    threads.append(1, thread(2_000, 14))
    assert.deepStrictEqual(counted(threads), { all: 501, answered: 1 })
    threads.append(-1, thread(2_000, 14))
    assert.deepStrictEqual([counted(threads), threads.size], [{ all: 500, answered: 0 }, 1_000 + outside.length])
  })

  it("an email outside the scope neither begins nor answers a shared thread", () => {
    const threads = makeSharedThreads(makeDictionary())
    const outside = { ...mail(true, 0), owner: "bob" }
    threads.append(1, { key: "0", mails: [outside, mail(false, 1)] })
    threads.append(1, { key: "1", mails: [outside, mail(true, 1), { ...mail(false, 2), owner: "bob" }] })
    threads.append(1, { key: "2", mails: [outside, mail(true, 1), mail(false, 2)] })
    assert.deepStrictEqual(counted(threads), { all: 2, answered: 1 })
  })

  it("a shared thread that somebody else began before the window is counted in the window of its first email in scope", () => {
    const threads = makeSharedThreads(makeDictionary())
    threads.append(1, { key: "0", mails: [{ ...mail(true, -90), owner: "bob" }, mail(true, 10), mail(false, 12)] })
    const window = (from: string, to: string) => planIn({ preset: "custom", from, to })
    assert.deepStrictEqual(counted(threads, window("2024-05-08", "2024-05-16")), { all: 1, answered: 1 })
    assert.deepStrictEqual(counted(threads, window("2024-04-28", "2024-05-06")), { all: 0, answered: 0 })
    assert.deepStrictEqual(counted(threads, window("2024-05-18", "2024-05-26")), { all: 0, answered: 0 })
  })

  it("shared threads are not counted in memory when they have more than 2,097,152 emails", () => {
    const threads = makeSharedThreads(makeDictionary())
    threads.append(1, { key: "0", mails: Array.from({ length: maxSharedMails - 2 }, () => mail(true, 0)) })
    threads.append(1, thread(1, 1))
    assert.deepStrictEqual(counted(threads), { all: 2, answered: 1 })
    threads.append(1, thread(2, 1))
    assert.isUndefined(counted(threads))
  })
})
