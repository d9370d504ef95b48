import { relative } from "node:path"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** These files start first, because a long file that starts last would run alone on one core. */
const longest = [
  "test/realRecords.test.ts",
  "test/recordsInMemory.test.ts",
  "test/agreement.test.ts",
  "test/recordPoints.test.ts",
  "test/records.test.ts",
  "test/page/accessibility.test.ts",
  "test/interference.test.ts",
  "test/package.test.ts",
  "test/instances.test.ts",
  "test/page/records.test.ts",
  "test/page/tasks.test.ts",
  "test/fileGate.test.ts",
  "test/wrongUse.test.ts",
  "test/standbyLosses.test.ts",
  "test/embedded.test.ts",
  "test/realData.test.ts",
  "test/page/building.test.ts",
  "test/page/badDays.test.ts",
  "test/doctorAdvice.test.ts",
  "test/accessQuery.test.ts",
  "test/unusableDatabase.test.ts",
  "test/import.test.ts",
  "test/page/live.test.ts",
  "test/standbyServed.test.ts",
  "test/replica.test.ts",
  "test/page/viewing.test.ts"
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>) {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const at = longest.indexOf(relative(project.config.root, moduleId))
      return at === -1 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
