const withWidget = (widget: string) => `{"layout":{"widgets":[${widget}]}}`
const kept = (value: string) => `{"layout":{"widgets":[]},"kept":${value}}`
export const sound = withWidget(`{"instanceId":"a"}`)
const many = (count: number, one: string) => Array.from({ length: count }, () => one).join(",")

export const refused: ReadonlyArray<readonly [name: string, body: () => string | Uint8Array, path: string]> = [
  ["a body of truncated JSON", () => "{\"layout\":", ""],
  ["an empty body", () => "", ""],
  ["the body null", () => "null", ""],
  ["the body 7", () => "7", ""],
  ["the body []", () => "[]", ""],
  ["a body with a byte order mark", () => `\ufeff${sound}`, ""],
  ["a body with text after the JSON value", () => `${sound} x`, ""],
  [
    "a body that is not UTF-8",
    () => Buffer.concat([Buffer.from(`{"a":"`), Buffer.from([0xff, 0xfe]), Buffer.from(`"}`)]),
    ""
  ],
  ["a body with a NUL in an instanceId", () => withWidget(`{"instanceId":"a\\u0000"}`), "layout.widgets[0].instanceId"],
  ["a body with a NUL in an unknown field", () => kept(`{"a":["\\u0000"]}`), "kept.a[0]"],
  [
    "a body with a lone surrogate in an instanceId",
    () => withWidget(`{"instanceId":"\\ud800"}`),
    "layout.widgets[0].instanceId"
  ],
  ["a body with a lone surrogate in a property name", () => kept(`{"\\ud800":1}`), "kept.\ufffd"],
  ["a body with 51 widgets", () => withWidget(many(51, `{"instanceId":"a"}`)), "layout.widgets"],
  [
    "a body with 9,900 widgets",
    () => withWidget(many(9_900, `{"instanceId":"abcdefghijklmnopqrstuvwxyz"}`)),
    "layout.widgets"
  ],
  ["a body with 9,900 invalid widgets", () => withWidget(many(9_900, "{}")), "layout.widgets[0].instanceId"],
  ["a body with 12,000 invalid widgets", () => withWidget(many(12_000, "{}")), ""],
  ["a body with 20,001 filters", () => withWidget(`{"instanceId":"a","filters":{${many(20_001, `"k":"v"`)}}}`), ""],
  ["a body with 100,000 levels of nesting", () => kept("[".repeat(100_000) + "]".repeat(100_000)), ""],
  ["a body with 5,000 levels of nesting", () => kept("[".repeat(5_000) + "]".repeat(5_000)), ""],
  [
    "a body with 33 levels of nesting in an unknown field",
    () => kept("[".repeat(33) + "]".repeat(33)),
    "kept[0][0][0]"
  ],
  ["a body with the number 1e400", () => kept("1e400"), "kept"],
  ["a body with the integer 2^53+1", () => kept("[9007199254740993]"), "kept[0]"],
  [
    "a body with the integer 2^53+1 in a property whose name has a line break",
    () => kept(`{"a\\nb":9007199254740993}`),
    "kept.a\nb"
  ],
  ["a body with the word NaN", () => kept("NaN"), ""],
  [
    "a body with an object as instanceId",
    () => withWidget(`{"instanceId":{"_tag":"Literal","value":"1"}}`),
    "layout.widgets[0].instanceId"
  ]
]

export const taken: ReadonlyArray<readonly [name: string, body: string]> = [
  ["a body that repeats a property", `{"layout":{"widgets":[1]},"layout":{"widgets":[]}}`],
  [
    "a body with a right-to-left override, emoji and combining marks",
    withWidget(`{"instanceId":"\u202E😀${"\u0301".repeat(20)}"}`)
  ],
  [
    "a body with the filters __proto__ and constructor",
    withWidget(`{"instanceId":"a","filters":{"__proto__":"x","constructor":"y"}}`)
  ],
  [
    "a body with the unknown fields __proto__ and constructor",
    kept(`{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}`)
  ],
  ["a body with minus zero", kept("-0")]
]
