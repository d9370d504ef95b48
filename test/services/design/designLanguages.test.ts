import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Design } from "../../../src/domain/Design.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp } from "../../support/WebApp.ts"
import { tables } from "../../wishes/score.ts"

const decode = Schema.decodeUnknownSync(Design)

describe("the texts beside a draft", () => {
  it.each([
    ["en", ["New leads, by source", "Last 90 days, by week"], "This service has no model."],
    ["de-AT, en;q=0.5", ["Neue Leads, nach Quelle", "Letzte 90 Tage, nach Woche"], "Dieser Dienst hat kein Modell."],
    ["es", ["Contactos nuevos, por origen", "Últimos 90 días, por semana"], "Este servicio no tiene modelo."],
    ["fr", ["New leads, by source", "Last 90 days, by week"], "This service has no model."]
  ])("the texts are in the language of Accept-Language: %s", async (language, understood, note) => {
    const app = openWebApp(tables)
    try {
      const { json } = await app.call(
        caller("admin", "ana"),
        "POST /crm-reports/design",
        { prompt: "Leads nach Quelle pro Woche" },
        { "accept-language": language }
      )
      const design = decode(json)
      assert.deepStrictEqual(design.understood, understood)
      assert.include(design.notes[0], note)
    } finally {
      await app.close()
    }
  })
})
