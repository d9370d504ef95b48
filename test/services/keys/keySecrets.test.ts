import { assert, it } from "@effect/vitest"
import crypto from "node:crypto"
import { syncBuiltinESMExports } from "node:module"
import { vi } from "vitest"
import { KeyId } from "../../../src/domain/ApiKey.ts"
import { OrgId } from "../../../src/domain/Ids.ts"
import { hashOf, isSecretOf, partsOf, secretText } from "../../../src/services/keys/own/ownKeys.ts"

const secret = "x".repeat(43)
const id = KeyId.make("0d2f9c1e-6f0a-4c55-9b8e-1f6f6a1f2a77")

it("secrets are compared in constant time", () => {
  const compared = vi.spyOn(crypto, "timingSafeEqual")
  syncBuiltinESMExports()
  assert.isTrue(isSecretOf(secret, hashOf(secret)))
  assert.isFalse(isSecretOf(`${secret}y`, hashOf(secret)))
  assert.strictEqual(compared.mock.calls.length, 2)
  compared.mockRestore()
  syncBuiltinESMExports()
})

it.each([
  ["org_demo", "org_demo"],
  ["org with spaces", "org with spaces"],
  ["組織", "組織"],
  ["a.b_c-d", "a.b_c-d"],
  ["of 255 characters", "x".repeat(255)]
])(
  "the organization id %s can be read from a key of that organization",
  (_name, organizationId) => {
    const text = secretText(OrgId.make(organizationId), id, secret)
    assert.match(text, /^[\w.-]+$/)
    assert.deepStrictEqual(partsOf(text), { organizationId: OrgId.make(organizationId), id, secret })
  }
)
