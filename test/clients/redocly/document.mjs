import { mkdirSync, writeFileSync } from "node:fs"

const response = await fetch(new URL("/openapi-3.0.json", process.env.CRM_URL))
if (!response.ok) throw new Error(`the service answered ${response.status}`)
mkdirSync("generated", { recursive: true })
writeFileSync("generated/openapi-3.0.json", await response.text())
