import { counted } from "../domain/counted.ts"

export const peopleCount = (count: number): string => counted(count, "person", "people")
