// This file is plain JavaScript, because an old Node cannot load the TypeScript sources.
const minimum = [22, 21]

export const nodeProblem = (version) => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return undefined
  return `crm-reports: Node ${minimum.join(".")} or later is needed, and this is Node ${version}. ` +
    "`npm ci` brings Node 24 for Linux, macOS and Windows: run it without --omit, or install Node 24\n"
}
