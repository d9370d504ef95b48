import type { Report } from "../api/wire.ts"

export const mayChange = ({ ownerId, visibility }: Report, userId: string, role: string): boolean =>
  ownerId === userId || (role === "admin" && visibility !== "private")
