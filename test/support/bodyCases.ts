const withWidget = (widget: string) => `{"layout":{"widgets":[${widget}]}}`
const kept = (value: string) => `{"layout":{"widgets":[]},"kept":${value}}`
export const sound = withWidget(`{"instanceId":"a"}`)
const many = (count: number, one: string) => Array.from({ length: count }, () => one).join(",")

export const refused: ReadonlyArray<readonly [name: string, body: () => string | Uint8Array, path: string]> = [
  ["I-01 malformed", () => "{\"layout\":", ""],
  ["I-01 empty", () => "", ""],
  ["I-01 null", () => "null", ""],
  ["I-01 a number", () => "7", ""],
  ["I-01 a list", () => "[]", ""],
  ["I-01 a byte order mark", () => `\ufeff${sound}`, ""],
  ["I-01 something after the end", () => `${sound} x`, ""],
  [
    "I-03 bytes that are not UTF-8",
    () => Buffer.concat([Buffer.from(`{"a":"`), Buffer.from([0xff, 0xfe]), Buffer.from(`"}`)]),
    ""
  ],
  ["I-04 NUL", () => withWidget(`{"instanceId":"a\\u0000"}`), "layout.widgets[0].instanceId"],
  ["I-04 NUL in what is kept verbatim", () => kept(`{"a":["\\u0000"]}`), "kept.a[0]"],
  ["I-05 a lone surrogate", () => withWidget(`{"instanceId":"\\ud800"}`), "layout.widgets[0].instanceId"],
  ["I-05 a lone surrogate in a name", () => kept(`{"\\ud800":1}`), "kept.\ufffd"],
  ["I-08 51 widgets", () => withWidget(many(51, `{"instanceId":"a"}`)), "layout.widgets"],
  [
    "I-08 9,900 widgets",
    () => withWidget(many(9_900, `{"instanceId":"abcdefghijklmnopqrstuvwxyz"}`)),
    "layout.widgets"
  ],
  ["I-08 9,900 wrong widgets", () => withWidget(many(9_900, "{}")), "layout.widgets[0].instanceId"],
  ["I-08 12,000 wrong widgets", () => withWidget(many(12_000, "{}")), ""],
  ["I-08 20,000 filters", () => withWidget(`{"instanceId":"a","filters":{${many(20_001, `"k":"v"`)}}}`), ""],
  ["I-08 100,000 levels", () => kept("[".repeat(100_000) + "]".repeat(100_000)), ""],
  ["I-08 5,000 nested lists", () => kept("[".repeat(5_000) + "]".repeat(5_000)), ""],
  ["I-08 33 levels of what is kept", () => kept("[".repeat(33) + "]".repeat(33)), "kept[0][0][0]"],
  ["I-17 1e400", () => kept("1e400"), "kept"],
  ["I-17 2^53+1", () => kept("[9007199254740993]"), "kept[0]"],
  ["I-17 2^53+1 under two lines", () => kept(`{"a\\nb":9007199254740993}`), "kept.a\nb"],
  ["I-17 NaN", () => kept("NaN"), ""],
  [
    "I-12 an object in place of a text",
    () => withWidget(`{"instanceId":{"_tag":"Literal","value":"1"}}`),
    "layout.widgets[0].instanceId"
  ]
]

export const taken: ReadonlyArray<readonly [name: string, body: string]> = [
  ["I-01 the last of two equal keys wins", `{"layout":{"widgets":[1]},"layout":{"widgets":[]}}`],
  [
    "I-05 a right-to-left override, emoji, combining marks",
    withWidget(`{"instanceId":"\u202E😀${"\u0301".repeat(20)}"}`)
  ],
  [
    "I-14 names of the prototype among filters",
    withWidget(`{"instanceId":"a","filters":{"__proto__":"x","constructor":"y"}}`)
  ],
  [
    "I-14 names of the prototype in what is kept",
    kept(`{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}`)
  ],
  ["I-17 minus zero", kept("-0")]
]
