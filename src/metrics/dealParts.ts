import { deals } from "./crm.ts"
import { leadBehind } from "./leadBehind.ts"
import { is, isAnyOf } from "./Measure.ts"

export const won = is(deals.status, "won")
export const lost = is(deals.status, "lost")
export const closed = isAnyOf(deals.status, ["won", "lost"])
export const open = is(deals.status, "open")

export const dominant = { currency: deals.currency, price: deals.price }

/** Filters by the lead behind a deal. */
export const filters = { leadSource: leadBehind.source, leadTag: leadBehind.tagIds, leadType: leadBehind.type }
export const byLead = { leadSource: leadBehind.source, leadType: leadBehind.type }

export const wonDeals = { from: deals.population, where: won, at: deals.closedAt }
export const wonFiltered = { ...wonDeals, filters }
export const closedDeals = { from: deals.population, where: closed, at: deals.closedAt, filters }
export const openDeals = { from: deals.population, where: open, filters }
