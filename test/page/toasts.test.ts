import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import { deleteLater, leaving, staying, stays } from "../../src/page/api/leaving.ts"
import { makeToastList, type ToastList } from "../../src/page/shell/ToastList.ts"

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
})
afterEach(() => {
  vi.useRealTimers()
  stays("report")
})

const textsOf = (list: ToastList) => list.shown().map(({ text }) => text)

const first = (list: ToastList) => {
  const [toast] = list.shown()
  if (toast === undefined) return assert.fail("No toast is shown.")
  return toast
}

/** Records what a toast with an undo does. */
const recorded = () => {
  const done: Array<string> = []
  const undoable = {
    onUndo: () => void done.push("undo"),
    onEnd: () => void done.push("end"),
    onLeave: () => void done.push("leave")
  }
  return { done, undoable }
}

describe("toasts", () => {
  it("a toast closes after 6 seconds, and a problem stays until the page changes", () => {
    const list = makeToastList()
    list.say("saved")
    list.warn("refused")
    vi.advanceTimersByTime(5_999)
    assert.deepStrictEqual(textsOf(list), ["saved", "refused"])
    vi.advanceTimersByTime(1)
    assert.deepStrictEqual(textsOf(list), ["refused"])
    vi.advanceTimersByTime(60_000)
    assert.deepStrictEqual(textsOf(list), ["refused"])
    list.closeProblems()
    assert.deepStrictEqual(textsOf(list), [])
  })

  it("an undo ends once, after 12 seconds, or when it is dismissed", () => {
    const list = makeToastList()
    const [waits, dismissed] = [recorded(), recorded()]
    list.say("dismissed", dismissed.undoable)
    list.say("waits", waits.undoable)
    list.dismiss(first(list))
    assert.deepStrictEqual(dismissed.done, ["end"])
    vi.advanceTimersByTime(11_999)
    assert.deepStrictEqual(waits.done, [])
    vi.advanceTimersByTime(60_000)
    assert.deepStrictEqual([waits.done, dismissed.done], [["end"], ["end"]])
    assert.deepStrictEqual(textsOf(list), [])
  })

  it("a toast that is undone does not end later, and is undone once", () => {
    const list = makeToastList()
    const { done, undoable } = recorded()
    list.say("deleted", undoable)
    const toast = first(list)
    list.undo(toast)
    list.undo(toast)
    list.dismiss(toast)
    vi.advanceTimersByTime(60_000)
    assert.deepStrictEqual(done, ["undo"])
  })

  it("without a button, the newest toast with an undo is undone, and then the one before it", () => {
    const list = makeToastList()
    const [before, newest] = [recorded(), recorded()]
    list.say("before", before.undoable)
    list.say("newest", newest.undoable)
    list.say("saved")
    assert.isTrue(list.undoNewest())
    assert.deepStrictEqual([before.done, newest.done], [[], ["undo"]])
    assert.isTrue(list.undoNewest())
    assert.deepStrictEqual([before.done, newest.done], [["undo"], ["undo"]])
    assert.isFalse(list.undoNewest())
    assert.deepStrictEqual(textsOf(list), ["saved"])
  })

  it("more than three toasts close the oldest one without an undo, and an undo is shown until it ends", () => {
    const list = makeToastList()
    const { done, undoable } = recorded()
    list.say("deleted", undoable)
    for (const text of ["one", "two", "three"]) list.say(text)
    assert.deepStrictEqual(textsOf(list), ["deleted", "two", "three"])
    for (const text of ["card A", "card B", "card C"]) list.say(text, undoable)
    assert.deepStrictEqual(textsOf(list), ["deleted", "card A", "card B", "card C"])
    list.warn("refused")
    assert.deepStrictEqual(textsOf(list), ["deleted", "card A", "card B", "card C", "refused"])
    assert.deepStrictEqual(done, [])
    list.undo(first(list))
    assert.deepStrictEqual(done, ["undo"])
  })

  it("nothing is undone, and nothing ends, after the person has left", () => {
    const list = makeToastList()
    const { done, undoable } = recorded()
    list.say("deleted", undoable)
    list.leave()
    vi.advanceTimersByTime(60_000)
    assert.deepStrictEqual(textsOf(list), [])
    assert.deepStrictEqual(done, ["leave"])
  })

  it("toasts of removed cards close when the card is there again, and other toasts stay", () => {
    const list = makeToastList()
    const { done, undoable } = recorded()
    list.say("saved")
    list.say("deleted", undoable)
    for (const  of of["a", "b"]) list.say(`card ${of}`, { onUndo: undoable.onUndo, of })
    list.closeUndos((of) => of === "a")
    assert.deepStrictEqual(textsOf(list), ["deleted", "card b"])
    list.closeUndos(() => true)
    assert.deepStrictEqual(textsOf(list), ["deleted"])
    assert.deepStrictEqual(done, [])
  })

  it("a change of the toasts is told once to each listener, and an empty change is not told", () => {
    const list = makeToastList()
    let told = 0
    const stop = list.subscribe(() => told++)
    list.say("saved")
    list.closeUndos(() => true)
    assert.strictEqual(told, 1)
    stop()
    list.say("again")
    assert.strictEqual(told, 1)
  })
})

describe("the deletion of a report", () => {
  const deleted = (answer: () => Promise<void>) => {
    const list = makeToastList()
    const done: Array<string> = []
    const deletion = {
      id: "report",
      text: "deleted",
      onDeleted: () => done.push("deleted"),
      onUndone: () => void done.push("undone"),
      send: () => {
        done.push("sent")
        return answer()
      }
    }
    deleteLater(deletion, list)
    return { done, list }
  }

  it("is sent when the toast ends, and lists leave the report out at once and afterwards", async () => {
    const { done } = deleted(async () => {})
    assert.isTrue(leaving().has("report"))
    vi.advanceTimersByTime(11_999)
    assert.deepStrictEqual(done, [])
    await vi.advanceTimersByTimeAsync(1)
    assert.deepStrictEqual(done, ["sent", "deleted"])
    assert.isTrue(leaving().has("report"))
  })

  it("that the service refuses is told, and lists have the report again", async () => {
    const { done, list } = deleted(() => Promise.reject(new Error("Not now.")))
    await vi.advanceTimersByTimeAsync(12_000)
    assert.deepStrictEqual(done, ["sent"])
    assert.deepStrictEqual(list.shown().map(({ isProblem }) => isProblem), [true])
    assert.isFalse(leaving().has("report"))
  })

  it("is not sent after an undo, and lists have the report again", async () => {
    const { done, list } = deleted(async () => {})
    const all = { results: [{ id: "other" }, { id: "report" }], total: 2 }
    assert.deepStrictEqual(staying(all, leaving()), { results: [{ id: "other" }], total: 1 })
    list.undo(first(list))
    assert.deepStrictEqual(staying(all, leaving()), all)
    await vi.advanceTimersByTimeAsync(60_000)
    assert.deepStrictEqual(done, ["undone"])
  })

  it("is not sent after the person has left, and lists have the report again", async () => {
    const { done, list } = deleted(async () => {})
    list.leave()
    assert.isFalse(leaving().has("report"))
    await vi.advanceTimersByTimeAsync(60_000)
    assert.deepStrictEqual(done, [])
  })
})
