const withWidget = (widget: string) => `{"layout":{"widgets":[${widget}]}}`
const kept = (value: string) => `{"layout":{"widgets":[]},"kept":${value}}`
export const sound = withWidget(`{"instanceId":"a"}`)
const many = (count: number, one: string) => Array.from({ length: count }, () => one).join(",")

export const refused: ReadonlyArray<readonly [name: string, body: () => string | Uint8Array, path: string]> = [
  ["I-01 truncated JSON", () => "{\"layout\":", ""],
  ["I-01 no bytes", () => "", ""],
  ["I-01 null", () => "null", ""],
  ["I-01 a number", () => "7", ""],
  ["I-01 a list", () => "[]", ""],
  ["I-01 a byte order mark", () => `\ufeff${sound}`, ""],
  ["I-01 text after the JSON value", () => `${sound} x`, ""],
  [
    "I-03 bytes that are not UTF-8",
    () => Buffer.concat([Buffer.from(`{"a":"`), Buffer.from([0xff, 0xfe]), Buffer.from(`"}`)]),
    ""
  ],
  ["I-04 a NUL", () => withWidget(`{"instanceId":"a\\u0000"}`), "layout.widgets[0].instanceId"],
  ["I-04 a NUL in a part that is stored unchanged", () => kept(`{"a":["\\u0000"]}`), "kept.a[0]"],
  ["I-05 a lone surrogate", () => withWidget(`{"instanceId":"\\ud800"}`), "layout.widgets[0].instanceId"],
  ["I-05 a lone surrogate in a key", () => kept(`{"\\ud800":1}`), "kept.\ufffd"],
  ["I-08 51 widgets", () => withWidget(many(51, `{"instanceId":"a"}`)), "layout.widgets"],
  [
    "I-08 9,900 widgets",
    () => withWidget(many(9_900, `{"instanceId":"abcdefghijklmnopqrstuvwxyz"}`)),
    "layout.widgets"
  ],
  ["I-08 9,900 invalid widgets", () => withWidget(many(9_900, "{}")), "layout.widgets[0].instanceId"],
  ["I-08 12,000 invalid widgets", () => withWidget(many(12_000, "{}")), ""],
  ["I-08 20,000 filters", () => withWidget(`{"instanceId":"a","filters":{${many(20_001, `"k":"v"`)}}}`), ""],
  ["I-08 100,000 levels of nesting", () => kept("[".repeat(100_000) + "]".repeat(100_000)), ""],
  ["I-08 5,000 levels of nesting", () => kept("[".repeat(5_000) + "]".repeat(5_000)), ""],
  ["I-08 33 levels in a part that is stored unchanged", () => kept("[".repeat(33) + "]".repeat(33)), "kept[0][0][0]"],
  ["I-17 the number 1e400", () => kept("1e400"), "kept"],
  ["I-17 the integer 2^53+1", () => kept("[9007199254740993]"), "kept[0]"],
  ["I-17 the integer 2^53+1 under a key with a line break", () => kept(`{"a\\nb":9007199254740993}`), "kept.a\nb"],
  ["I-17 the word NaN", () => kept("NaN"), ""],
  [
    "I-12 an object in place of a string",
    () => withWidget(`{"instanceId":{"_tag":"Literal","value":"1"}}`),
    "layout.widgets[0].instanceId"
  ]
]

export const taken: ReadonlyArray<readonly [name: string, body: string]> = [
  ["I-01 a repeated key (only the last one counts)", `{"layout":{"widgets":[1]},"layout":{"widgets":[]}}`],
  [
    "I-05 a right-to-left override, emoji and combining marks",
    withWidget(`{"instanceId":"\u202E😀${"\u0301".repeat(20)}"}`)
  ],
  [
    "I-14 filters named like prototype members",
    withWidget(`{"instanceId":"a","filters":{"__proto__":"x","constructor":"y"}}`)
  ],
  [
    "I-14 stored keys named like prototype members",
    kept(`{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}`)
  ],
  ["I-17 minus zero", kept("-0")]
]
