import { assert, it } from "@effect/vitest"
import { isFilled, mayFill } from "../../src/page/finding/fullScreen.ts"

it.each([
  ["a browser without a full screen, such as that of an iPhone", {}, false, false],
  ["a page that may not fill the screen", { fullscreenEnabled: false, fullscreenElement: null }, false, false],
  ["a page that may fill the screen", { fullscreenEnabled: true, fullscreenElement: null }, true, false],
  ["a card that fills the screen", { fullscreenEnabled: true, fullscreenElement: {} }, true, true]
])(
  "of %s, the page knows whether it may fill the screen, and whether it does",
  (_name, screen, may, is) => {
    assert.deepStrictEqual([mayFill(screen), isFilled(screen)], [may, is])
  }
)
