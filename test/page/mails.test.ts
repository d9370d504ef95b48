import { assert, describe, it } from "@effect/vitest"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { at, button, dialogOf, openedMails, press, sent, withResults } from "./support/mailsDialog.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

const daily = { every: "day", at: "07:00", timeZone: "Europe/Madrid", channel: "email", format: "csv" }
const subscriptionsOf = async (id: string) => (await api("GET", `/${id}/subscriptions`)).results

describe.skipIf(isBrowserMissing)("the mails of a report on the page", () => {
  it("two clicks send the view of the page by mail each week, and “Send” then shows this subscription", async () => {
    const id = await reportWith("Two clicks", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}?people=user_bea`))
    await button(page, "Send").click()
    await press(page, "Save")
    await said(page, /^From now on/)
    const { results: [{ every, to, view }] } = await api("GET", `/${id}/subscriptions`)
    assert.deepStrictEqual([every, to.length, view.assigneeIds], ["week", 1, ["user_bea"]])
    await page.getByRole("dialog").waitFor({ state: "detached" })
    await button(page, "Send").click()
    await dialogOf(page).getByText(/ · next on .*, 7:00\sAM$/).waitFor()
    assert.strictEqual(await page.getByRole("dialog").count(), 1)
    await page.close()
  })

  it("after Escape closes the form and the list without a click between, the list opens again", async () => {
    const id = await reportWith("Closed twice", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedMails(page)
    await press(page, "New subscription")
    await dialogOf(page).getByRole("checkbox").first().waitFor()
    for (const left of [1, 0]) {
      await page.keyboard.press("Escape")
      await until(`${left} open dialogs`, () => page.getByRole("dialog").count(), left)
    }
    await openedMails(page)
    await page.close()
  })

  it("mails are made with the view of the page, changed, paused, resumed, and deleted", async () => {
    const id = await reportWith("Sent each month", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}?people=everyone`))
    await openedMails(page)
    await dialogOf(page).getByText("This report is not sent to anybody yet.").waitFor()
    await press(page, "New subscription")
    const form = dialogOf(page)
    await form.getByLabel("How often").selectOption("month")
    await form.getByLabel(/^Time in /).fill("06:30")
    await form.getByLabel("File in the mail").selectOption("xlsx")
    await form.getByLabel("Search for a name").fill("bea")
    await form.getByRole("group", { name: "People" }).getByRole("checkbox").check()
    const posted = page.waitForRequest((request) =>
      request.method() === "POST" && request.url().endsWith("/subscriptions")
    )
    await press(page, "Save")
    assert.isString((await posted).headers()["idempotency-key"])
    await said(page, /^From now on, this report is sent on this schedule/)
    const [made] = await subscriptionsOf(id)
    assert.deepInclude(made, {
      every: "month",
      at: "06:30",
      format: "xlsx",
      channel: "email",
      locale: "en-US",
      paused: false
    })
    assert.deepInclude(made.view, { everyone: true })
    const idsOf = (to: ReadonlyArray<{ readonly userId: string }>) => to.map(({ userId }) => userId)
    assert.deepStrictEqual(idsOf(made.to), ["user_ana", "user_bea"])

    await press(page, "Change subscription")
    assert.strictEqual(await form.getByLabel("How often").inputValue(), "month")
    await form.getByLabel(/^Time in /).fill("08:15")
    await form.getByLabel("Language", { exact: true }).selectOption({ label: "Deutsch" })
    const asked = page.waitForRequest((request) => request.method() === "PATCH")
    await press(page, "Save")
    assert.deepStrictEqual((await asked).postDataJSON(), {
      every: "month",
      at: "08:15",
      format: "xlsx",
      locale: "de"
    })
    await said(page, /^The subscription is changed/)

    await press(page, "Pause")
    await button(page, "Resume").waitFor()
    assert.isTrue((await subscriptionsOf(id))[0].paused)
    await press(page, "Resume")
    await button(page, "Pause").waitFor()
    assert.isFalse((await subscriptionsOf(id))[0].paused)

    await press(page, "Delete")
    await press(page, "Delete")
    await said(page, /^The subscription is deleted/)
    assert.deepStrictEqual(await subscriptionsOf(id), [])
    await page.close()
  })

  it("an alert is made and changed, its condition is shown, and the reason is shown if its card was removed", async () => {
    const ranking = { ...stat, instanceId: "b", metricId: "team.leads_by_agent", chart: "leaderboard", y: 3 }
    const id = await reportWith("Alerts", [stat, ranking])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedMails(page)
    await press(page, "New subscription")
    const form = dialogOf(page)
    await form.getByLabel("Send", { exact: true }).selectOption("crossing")
    assert.deepStrictEqual(await form.getByLabel("Card").locator("option").allInnerTexts(), ["Total new leads"])
    assert.isTrue(await form.getByRole("button", { name: "Save" }).isDisabled())
    await form.getByLabel("Direction").selectOption("below")
    await form.getByLabel("Threshold").fill("3")
    await press(page, "Save")
    await dialogOf(page).getByText("Only if “Total new leads” falls below 3: its value").waitFor()
    const [{ when }] = await subscriptionsOf(id)
    assert.deepStrictEqual(when, { instanceId: "a", of: "value", below: 3 })

    await press(page, "Change subscription")
    await form.getByLabel("Number").selectOption("deltaPct")
    await form.getByLabel("Threshold, in percent").fill("-12.5")
    await press(page, "Save")
    await dialogOf(page).getByText("falls below -12.5: its change in percent").waitFor()
    const [changed] = await subscriptionsOf(id)
    assert.deepStrictEqual(changed.when, { instanceId: "a", of: "deltaPct", below: -12.5 })
    await page.close()

    const other = await opened(browser(), address(`#/reports/${id}`))
    await withResults(other.page, {}, undefined, { paused: true, pauseReason: "widget_removed" })
    await openedMails(other.page)
    await dialogOf(other.page).getByText(/^Paused, because the report no longer has the card/).waitFor()
    await other.page.close()
  })

  it("a test is sent to the person who asks for it", async () => {
    const id = await reportWith("Tried", [stat])
    const { id: subscription } = await api("POST", `/${id}/subscriptions`, { ...daily, to: ["user_bea"] })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedMails(page)
    const asked = page.waitForRequest(`**/subscriptions/${subscription}/test`)
    await press(page, "Send me a test")
    assert.strictEqual((await asked).method(), "POST")
    await said(page, /^The test comes to you/)
    await dialogOf(page).getByText(/^Your test: The message of .* waits\. $/).waitFor()
    await page.close()
  })

  it.each([
    [sent, /^Your test: Sent on May 11, 2026/],
    [
      { ...sent, state: "failed", reason: "address_refused" },
      /^Your test: Not sent on .*refused the address or the mail/
    ],
    [{ ...sent, state: "uncertain", reason: "no_answer" }, /^Your test: .*It may have arrived\.$/]
  ])("the result of a test that is %o is shown when it is known", async (result, text) => {
    const id = await reportWith("Tried", [stat])
    await api("POST", `/${id}/subscriptions`, { ...daily, to: ["user_bea"] })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    let isKnown = false
    const waiting = { ...sent, state: "waiting", reason: "no_mail_server", settledAt: null }
    await withResults(page, {}, () => isKnown ? result : waiting)
    await openedMails(page)
    await dialogOf(page).getByText(/^Your test: .*waits\. The mail server did not accept it/).waitFor()
    isKnown = true
    await dialogOf(page).getByRole("status").filter({ hasText: text }).waitFor()
    await page.close()
  })

  it("each recipient has the state of the mails, and mails that five failures paused have the reason, and can be resumed", async () => {
    const id = await reportWith("Refused", [stat])
    const { id: subscription } = await api("POST", `/${id}/subscriptions`, {
      ...daily,
      to: ["user_ana", "user_bea", "user_carlos"]
    })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await withResults(page, {
      user_ana: { endedAt: at },
      user_bea: { pausedAt: at, failures: 5, last: { ...sent, state: "failed", reason: "address_refused" } },
      user_carlos: { last: { ...sent, state: "uncertain", reason: "no_answer" } }
    })
    await openedMails(page)
    const rows = dialogOf(page).getByRole("list", { name: /^Recipients/ }).getByRole("listitem")
    await rows.first().waitFor()
    const [ana, bea, carlos] = await rows.allInnerTexts()
    assert.match(ana ?? "", /Ended the mails on May 11, 2026/)
    assert.match(
      bea ?? "",
      /Paused on May 11, 2026.*after 5 failures in a row\. The mail server refused the address or the mail\./
    )
    assert.match(carlos ?? "", /It may have arrived\.$/)
    const asked = page.waitForRequest((request) => request.method() === "PATCH")
    await dialogOf(page).getByRole("button", { name: /^Resume the mails to Bea/ }).click()
    const request = await asked
    assert.isTrue(request.url().endsWith(`/subscriptions/${subscription}`))
    assert.deepStrictEqual(request.postDataJSON(), { to: ["user_bea", "user_carlos"] })
    await page.close()
  })
})
