import { assert, describe, it } from "@effect/vitest"
import { type IdempotencyKeys, idempotencyKeys } from "../../src/page/api/idempotencyKeys.ts"
import { Problem, reached, unreachable } from "../../src/page/api/Problem.ts"
import { roleNow } from "../../src/page/api/roleNow.ts"
import { changesBetween, copyOf, type Draft } from "../../src/page/builder/Draft.ts"
import {
  begun,
  changed,
  editingOf,
  isAnother,
  isDesigned,
  isFirstSave,
  savedAs,
  undone
} from "../../src/page/builder/Editing.ts"
import { noDrafts } from "../../src/page/builder/noDrafts.ts"
import { routeOf } from "../../src/page/shell/routeOf.ts"
import { inEnglish } from "./support/english.ts"

inEnglish()

const draft: Draft = {
  title: "Leads",
  description: "Before",
  visibility: "private",
  people: [],
  defaultTimeframe: { preset: "last_30d", bucket: "day" },
  defaultFilters: null,
  defaultPeople: null,
  layout: { widgets: [] }
}

const status = (code: number) => new Problem("A reason.", code, "a_code")

/** Sends a request that fails, and sends it again. Returns the idempotency keys of both. */
const keysAround = async (error: Error, ...dialogs: ReadonlyArray<IdempotencyKeys>): Promise<ReadonlyArray<string>> => {
  const keys: Array<string> = []
  const [withKey = idempotencyKeys(), later = withKey] = dialogs
  const send = (of: IdempotencyKeys) =>
    of("the request", async (key) => {
      keys.push(key)
      throw error
    }).catch(() => {})
  await send(withKey)
  await send(later)
  return keys
}

it("the page takes a person's role from the latest answer of the service, and before it from the sign-in", () => {
  const caller = { id: "ana", name: "Ana", role: "member" } as const
  assert.strictEqual(roleNow({ role: "admin" }, { caller }), "member")
  assert.strictEqual(roleNow({ role: "admin" }, undefined), "admin")
})

describe("saving a draft", () => {
  it.each(
    [
      ["title", "New leads"],
      ["description", null],
      ["visibility", "organization"],
      ["defaultTimeframe", { preset: "today", bucket: "day" }],
      ["defaultFilters", { source: ["web"] }],
      ["defaultPeople", { everyone: true }],
      ["layout", { widgets: [], theme: "dark" }]
    ] as const
  )("a save after a change of %s sends only this field", (field, value) => {
    assert.deepStrictEqual(changesBetween(draft, { ...draft, [field]: value }), { [field]: value })
  })

  it("an edit that goes on during a save over another version keeps the saved values of the other fields", () => {
    const sent = changed(editingOf(draft, "1"), { ...draft, title: "Mine" })
    const theirs = { ...draft, title: "Mine", description: "Theirs" }
    const later = changed(sent, { ...sent.now, visibility: "organization" })
    const after = savedAs({ ...later, isSaving: true }, sent.now, { etag: "3", value: theirs })
    assert.deepStrictEqual(changesBetween(after.saved, after.now), { visibility: "organization" })
    assert.deepStrictEqual(changesBetween(after.saved, undone(undone(after)).now), { title: "Leads" })
    assert.deepInclude(after, { etag: "3", isSaving: false })
  })

  it.each([["without a response", unreachable()], ["with status 409", status(409)], ["with status 503", status(503)]])(
    "a save that failed %s is repeated with the same idempotency key, because it may have succeeded",
    async (_name, error) => {
      const [first, second] = await keysAround(error)
      assert.isString(first)
      assert.strictEqual(second, first)
    }
  )

  it.each([400, 403, 404, 413, 422])(
    "a save that was refused with status %d is repeated with a new idempotency key",
    async (code) => {
      const [first, second] = await keysAround(status(code))
      assert.isString(second)
      assert.notStrictEqual(second, first)
    }
  )

  it("a freeze that was cancelled is repeated with a new idempotency key", async () => {
    const [first, second] = await keysAround(new DOMException("cancelled", "AbortError"))
    assert.isString(second)
    assert.notStrictEqual(second, first)
  })

  it("a freeze whose response was lost has a new idempotency key in another dialog, so it is not the old snapshot", async () => {
    const [first, second] = await keysAround(unreachable(), idempotencyKeys(), idempotencyKeys())
    assert.isString(second)
    assert.notStrictEqual(second, first)
  })

  it("after a successful save, the next save has a new idempotency key", async () => {
    const withKey = idempotencyKeys()
    const send = () => withKey("the request", async (key) => key)
    assert.notStrictEqual(await send(), await send())
  })
})

describe("a response", () => {
  it.each([
    ["breaks within its body", new TypeError("terminated"), unreachable().message],
    ["is cancelled within its body", new DOMException("cancelled", "AbortError"), "cancelled"]
  ])("a response that %s has its own error", async (_name, error, message) => {
    const body = new ReadableStream({ start: (controller) => controller.error(error) })
    const problem = await reached(new Response(body).json()).catch((failure: unknown) => failure)
    assert.propertyVal(problem, "message", message)
  })
})

describe("an unsaved new report", () => {
  it("a report that is only shown, as in a slideshow, keeps no edit for the next person", () => {
    noDrafts.set("a", editingOf(draft, undefined))
    assert.isUndefined(noDrafts.of("a"))
    assert.strictEqual(noDrafts.dirty().size, 0)
  })

  it("a report that is begun instead of it can be undone", () => {
    const work = changed(editingOf(draft, undefined), { ...draft, title: "Long work" })
    const next = begun(work, { ...draft, title: "Pipeline" })
    assert.strictEqual(next.now.title, "Pipeline")
    assert.isTrue(isDesigned(next))
    assert.strictEqual(undone(next).now.title, "Long work")
    assert.isFalse(isDesigned(undone(next)))
  })

  it("a report that is begun while another one is saved is not an edit of the saved report", () => {
    const sent = begun(editingOf(draft, undefined), { ...draft, title: "Pipeline" })
    assert.isFalse(isAnother(changed(sent, { ...draft, title: "My pipeline" }), sent))
    assert.isFalse(isAnother(undefined, sent))
    assert.isTrue(isAnother(begun(sent, { ...draft, title: "Activity" }), sent))
  })

  it("a report that is begun while an empty one is saved is not an edit of the saved report", () => {
    const sent = begun(editingOf(draft, undefined), draft)
    assert.isFalse(isAnother(changed(sent, { ...draft, title: "My report" }), sent))
    assert.isTrue(isAnother(begun(sent, { ...draft, title: "Activity" }), sent))
  })

  it("only the save of a report that was never saved is its first one", () => {
    const cases = [["1", true], [undefined, false], [undefined, true]] as const
    const first = cases.map(([etag, isSaving]) => isFirstSave({ ...editingOf(draft, etag), isSaving }))
    assert.deepStrictEqual([...first, isFirstSave(undefined)], [false, false, true, false])
  })

  it("after a hundred changes, the change of a wish is still known", () => {
    const titles = Array.from({ length: 120 }, (_, index) => String(index))
    const work = titles.reduce((one, title) => changed(one, { ...draft, title }), editingOf(draft, undefined))
    assert.isTrue(isDesigned(begun(work, { ...draft, title: "Pipeline" })))
  })
})

describe("a copy of a report", () => {
  it.each([["a".repeat(111), "a".repeat(111)], ["a".repeat(112), "a".repeat(112)]])(
    "the title of a copy has no half of an emoji",
    (beginning, kept) => {
      assert.strictEqual(copyOf({ ...draft, title: `${beginning}😀 and more` }).title, `${kept} (copy)`)
    }
  )
})

describe("the address of a report", () => {
  it.each(["catalog", "options", "keys", "..", "%E0%A4%A"])("an address with the id “%s” leads home", (id) => {
    assert.deepStrictEqual(routeOf(`#/reports/${id}`), { page: "home" })
    assert.deepStrictEqual(routeOf(`#/snapshots/${id}`), { page: "home" })
  })

  it.each(["new", "01970c2e-7d5c-7b3a-9c1e-2f4a6b8c0d1e"])("an address with the id “%s” leads to the report", (id) => {
    assert.deepInclude(routeOf(`#/reports/${id}?time=today`), { page: "report", id })
  })

  it.each([
    ["", 30],
    ["?every=60", 60],
    ["?every=0", 30],
    ["?every=1e9", 30],
    ["?every=soon", 30]
  ])("the address of a slideshow with “%s” gives each report %i seconds", (query, seconds) => {
    assert.deepStrictEqual(routeOf(`#/slideshow${query}`), { page: "slideshow", seconds })
  })
})
