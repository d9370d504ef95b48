import type { Mutation } from "./mutations.ts"

/** With these faults, a trigger logs wrong rows, or a replica trusts a trigger that may have logged wrong rows. */
export const triggerMutations: ReadonlyArray<Mutation> = [
  {
    name: "a replaced trigger function goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: ", '/', sum(p.xmin::text::bigint))",
    replace: ")",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a trigger that may still run the former function is trusted",
    file: "src/services/replica/changeLog.ts",
    find: " AND ${isNewerThanFunctions}",
    replace: "",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a trigger function of another version is trusted",
    file: "src/services/replica/changeLog.ts",
    find: "md5(p.prosrc) = v.hash",
    replace: "p.prosrc <> ''",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a trigger logs a column of another type",
    file: "src/services/replica/logFunction.ts",
    find: "    `IF NOT ${areTypesKnown(table, logged)} THEN RETURN NULL; END IF;`,\n",
    replace: "",
    tests: ["services/replica/changeLog"]
  },
  {
    name: "a session checks the types of the columns only once",
    file: "src/services/replica/logFunction.ts",
    find: "'crm.${table}'::pg_catalog.regclass, $types$",
    replace: "0::pg_catalog.regclass, $types$",
    tests: ["services/replica/changeLog"]
  },
  {
    name: "a temporary table with the name of a type turns the change log off",
    file: "src/services/replica/logFunction.ts",
    find: "'pg_catalog.${type}'::",
    replace: "'${type}'::",
    tests: ["services/replica/changeLog"]
  },
  {
    name: "each statement checks the types of the columns",
    file: "src/services/replica/logFunction.ts",
    find: "LANGUAGE plpgsql IMMUTABLE AS",
    replace: "LANGUAGE plpgsql STABLE AS",
    tests: ["services/replica/changeLog"]
  },
  {
    name: "a replaced check of the types goes unnoticed",
    file: "src/services/replica/captureEpoch.ts",
    find: "concat(f.oid, '/', f.xmin)",
    replace: "1",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a check of the types of another version is trusted",
    file: "src/services/replica/changeLog.ts",
    find: " AND md5(f.prosrc) = '${typeCheckHash}'",
    replace: "",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a trigger that may still use the former check of the types is trusted",
    file: "src/services/replica/changeLog.ts",
    find: " AND age(t.xmin) <= age(f.xmin)",
    replace: "",
    tests: ["services/replica/replicaTrust"]
  },
  {
    name: "a row of an ordinary session is logged twice",
    file: "src/services/replica/logFunction.ts",
    find: "ENABLE REPLICA TRIGGER",
    replace: "ENABLE ALWAYS TRIGGER",
    tests: ["services/replica/changeLog", "services/replica/logicalReplication"]
  },
  {
    name: "a renamed table is still logged",
    file: "src/services/replica/logFunction.ts",
    find: " OR TG_TABLE_NAME <> '${table}'",
    replace: "",
    tests: ["services/replica/changeLog"]
  },
  {
    name: "a trigger that calls the function of another table is trusted",
    file: "src/services/replica/changeLog.ts",
    find: "t.tgrelid = v.relation AND ",
    replace: "",
    tests: ["services/replica/changeLog"]
  },
  {
    name: "a trigger that confuses old and new rows is trusted",
    file: "src/services/replica/changeLog.ts",
    find: "t.tgenabled, t.tgoldtable, t.tgnewtable) IS NOT DISTINCT FROM\n  (s.name, s.type, s.enabled, s.old, s.new)",
    replace: "t.tgenabled) IS NOT DISTINCT FROM\n  (s.name, s.type, s.enabled)",
    tests: ["services/replica/changeLog"]
  }
]
