import { doubtfulWishes } from "./doubtfulWishes.ts"
import { english } from "./english.ts"
import { everydayWishes } from "./everydayWishes.ts"
import { fieldEnglish } from "./field/english.ts"
import { fieldGerman } from "./field/german.ts"
import { fieldSpanish } from "./field/spanish.ts"
import { german } from "./german.ts"
import { laterWishes } from "./laterWishes.ts"
import { officeEnglish } from "./office/english.ts"
import { officeGerman } from "./office/german.ts"
import { officeSpanish } from "./office/spanish.ts"
import { plainEnglish } from "./plain/english.ts"
import { plainGerman } from "./plain/german.ts"
import { plainSpanish } from "./plain/spanish.ts"
import { salesWishes } from "./salesWishes.ts"
import { spanish } from "./spanish.ts"
import { tradeWishes } from "./tradeWishes.ts"
import { unseenWishes } from "./unseenWishes.ts"
import { wishes } from "./wishes.ts"
import { writtenEnglish } from "./written/english.ts"
import { writtenGerman } from "./written/german.ts"
import { writtenSpanish } from "./written/spanish.ts"

/** Each list of wishes, with the number of right drafts by search. */
export const lists = [
  { name: "wishes before the vocabulary", right: 44, wishes },
  { name: "wishes after the vocabulary", right: 12, wishes: laterWishes },
  { name: "wishes in three languages", right: 60, wishes: [...english, ...spanish, ...german] },
  { name: "wishes of sales people", right: 60, wishes: salesWishes },
  { name: "unseen wishes of sales people", right: 59, wishes: unseenWishes },
  { name: "wishes of the field", right: 59, wishes: [...fieldEnglish, ...fieldSpanish, ...fieldGerman] },
  { name: "written wishes", right: 58, wishes: [...writtenEnglish, ...writtenSpanish, ...writtenGerman] },
  { name: "plain wishes", right: 59, wishes: [...plainEnglish, ...plainSpanish, ...plainGerman] },
  { name: "wishes of an office", right: 56, wishes: [...officeEnglish, ...officeSpanish, ...officeGerman] },
  { name: "wishes of doubtful words", right: 60, wishes: doubtfulWishes },
  { name: "everyday wishes", right: 53, wishes: everydayWishes },
  { name: "wishes of trades", right: 56, wishes: tradeWishes }
]
