import { relative } from "node:path"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** These files start first, because a long file that starts last would run alone on one core. */
const longest = [
  "test/services/run/realRecords.test.ts",
  "test/services/run/recordsInMemory.test.ts",
  "test/query/agreement.test.ts",
  "test/services/run/recordPoints.test.ts",
  "test/services/run/records.test.ts",
  "test/page/accessibility.test.ts",
  "test/services/access/interference.test.ts",
  "test/project/package.test.ts",
  "test/http/instances.test.ts",
  "test/page/records.test.ts",
  "test/page/tasks.test.ts",
  "test/services/export/fileGate.test.ts",
  "test/commands/wrongUse.test.ts",
  "test/services/standby/standbyLosses.test.ts",
  "test/services/database/embedded.test.ts",
  "test/data/realData.test.ts",
  "test/page/building.test.ts",
  "test/page/badDays.test.ts",
  "test/commands/doctorAdvice.test.ts",
  "test/services/access/accessQuery.test.ts",
  "test/services/database/unusableDatabase.test.ts",
  "test/data/import.test.ts",
  "test/page/live.test.ts",
  "test/services/standby/standbyServed.test.ts",
  "test/services/replica/replica.test.ts",
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
