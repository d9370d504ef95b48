import { accessMutations } from "./accessMutations.ts"
import { agentMutations } from "./agentMutations.ts"
import { alertMutations } from "./alertMutations.ts"
import { auditMutations } from "./auditMutations.ts"
import { captureMutations } from "./captureMutations.ts"
import { changedAlertMutations } from "./changedAlertMutations.ts"
import { choosingMutations } from "./choosingMutations.ts"
import { cohortMutations } from "./cohortMutations.ts"
import { commandMutations } from "./commandMutations.ts"
import { deliveryMutations } from "./deliveryMutations.ts"
import { designMutations } from "./designMutations.ts"
import { distributionMutations } from "./distributionMutations.ts"
import { drawnTargetMutations } from "./drawnTargetMutations.ts"
import { fairnessMutations } from "./fairnessMutations.ts"
import { fileMutations } from "./fileMutations.ts"
import { forecastMutations } from "./forecastMutations.ts"
import { funnelMutations } from "./funnelMutations.ts"
import { gateMutations } from "./gateMutations.ts"
import { instanceMutations } from "./instanceMutations.ts"
import { joinedMutations } from "./joinedMutations.ts"
import { keyMutations } from "./keyMutations.ts"
import { languageMutations } from "./languageMutations.ts"
import { leadMutations } from "./leadMutations.ts"
import { limitMutations } from "./limitMutations.ts"
import { liveLoadMutations } from "./liveLoadMutations.ts"
import { liveMutations } from "./liveMutations.ts"
import { loadMutations } from "./loadMutations.ts"
import { lookMutations } from "./lookMutations.ts"
import { mergeMutations } from "./mergeMutations.ts"
import { numberMutations } from "./numberMutations.ts"
import { operationMutations } from "./operationMutations.ts"
import { pageMutations } from "./pageMutations.ts"
import { queueMutations } from "./queueMutations.ts"
import { recordMutations } from "./recordMutations.ts"
import { refusalMutations } from "./refusalMutations.ts"
import { replicaMutations } from "./replicaMutations.ts"
import { requestMutations } from "./requestMutations.ts"
import { scheduleMutations } from "./scheduleMutations.ts"
import { screenMutations } from "./screenMutations.ts"
import { sharingMutations } from "./sharingMutations.ts"
import { sheetMutations } from "./sheetMutations.ts"
import { sortMutations } from "./sortMutations.ts"
import { standbyMutations } from "./standbyMutations.ts"
import { subscriptionMutations } from "./subscriptionMutations.ts"
import { tableMutations } from "./tableMutations.ts"
import { targetMutations } from "./targetMutations.ts"
import { triggerMutations } from "./triggerMutations.ts"
import { versionMutations } from "./versionMutations.ts"
import { viewMutations } from "./viewMutations.ts"
import { webhookMutations } from "./webhookMutations.ts"
import { wiringMutations } from "./wiringMutations.ts"
import { wishMutations } from "./wishMutations.ts"

/** The fault is planted in a copy of the project. At least one of its tests must fail. */
export interface Mutation {
  readonly name: string
  readonly file: string
  /** The text must occur exactly once in the file. */
  readonly find: string
  readonly replace: string
  readonly tests: ReadonlyArray<string>
  /** The seed of the first random store, by default 0. It is set if the first stores from seed 0 show no fault. */
  readonly seed?: number
}

export const mutations: ReadonlyArray<Mutation> = [
  ...gateMutations,
  ...viewMutations,
  ...leadMutations,
  ...numberMutations,
  ...lookMutations,
  ...mergeMutations,
  ...sharingMutations,
  ...sortMutations,
  ...replicaMutations,
  ...captureMutations,
  ...triggerMutations,
  ...joinedMutations,
  ...loadMutations,
  ...recordMutations,
  ...fileMutations,
  ...sheetMutations,
  ...screenMutations,
  ...tableMutations,
  ...cohortMutations,
  ...funnelMutations,
  ...keyMutations,
  ...liveLoadMutations,
  ...liveMutations,
  ...accessMutations,
  ...auditMutations,
  ...agentMutations,
  ...designMutations,
  ...wishMutations,
  ...pageMutations,
  ...choosingMutations,
  ...languageMutations,
  ...fairnessMutations,
  ...limitMutations,
  ...refusalMutations,
  ...requestMutations,
  ...wiringMutations,
  ...operationMutations,
  ...commandMutations,
  ...instanceMutations,
  ...distributionMutations,
  ...drawnTargetMutations,
  ...standbyMutations,
  ...targetMutations,
  ...versionMutations,
  ...scheduleMutations,
  ...alertMutations,
  ...changedAlertMutations,
  ...deliveryMutations,
  ...queueMutations,
  ...subscriptionMutations,
  ...webhookMutations,
  ...forecastMutations
]
