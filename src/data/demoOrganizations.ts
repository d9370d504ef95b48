import type { Role } from "../domain/Caller.ts"

export interface DemoPerson {
  readonly userId: string
  readonly name: string
  readonly role: Role
  readonly leftDaysAgo?: number
}

export interface DemoOrganization {
  readonly organizationId: string
  readonly name: string
  readonly timeZone: string
  readonly weekStart: number
  readonly currency: string
  readonly otherCurrency: string
  readonly people: readonly [DemoPerson, ...ReadonlyArray<DemoPerson>]
}

const member = (userId: string, name: string, leftDaysAgo?: number): DemoPerson =>
  leftDaysAgo === undefined ? { userId, name, role: "member" } : { userId, name, role: "member", leftDaysAgo }

const admin = (userId: string, name: string): DemoPerson => ({ userId, name, role: "admin" })

export const costa: DemoOrganization = {
  organizationId: "org_demo",
  name: "Costa Homes",
  timeZone: "Europe/Madrid",
  weekStart: 1,
  currency: "EUR",
  otherCurrency: "GBP",
  people: [
    admin("user_ana", "Ana Ferrer"),
    admin("user_marc", "Marc Soler"),
    member("user_bea", "Bea Navarro"),
    member("user_carlos", "Carlos Vidal"),
    member("user_dolors", "Dolors Puig"),
    member("user_emil", "Emil Novák"),
    member("user_fatima", "Fatima Haddad"),
    member("user_gael", "Gaël Martin"),
    member("user_hugo", "Hugo Reyes"),
    member("user_ines", "Inés Campos"),
    member("user_jon", "Jon Etxeberria", 140),
    member("user_kira", "Kira Lindholm", 400)
  ]
}

export const harbor: DemoOrganization = {
  organizationId: "org_harbor",
  name: "Harbor Realty",
  timeZone: "America/New_York",
  weekStart: 7,
  currency: "USD",
  otherCurrency: "EUR",
  people: [
    admin("user_alice", "Alice Morgan"),
    member("user_ben", "Ben O'Connor"),
    member("user_chloe", "Chloe Nguyen"),
    member("user_dev", "Dev Patel"),
    member("user_ella", "Ella Brooks"),
    member("user_finn", "Finn Larsen"),
    member("user_grace", "Grace Kim"),
    member("user_henry", "Henry Adams"),
    member("user_ivy", "Ivy Chen"),
    member("user_jack", "Jack Rossi", 90),
    member("user_kate", "Kate Murphy", 300)
  ]
}

export const demoOrganizations = [costa, harbor] as const
