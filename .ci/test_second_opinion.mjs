// Plants faults into a table and a source, and expects second_opinion.mjs to name each.

import assert from 'node:assert/strict';
import {keyProblems, ownKeys, problems, spelled, table} from './second_opinion.mjs';

const HEAD = '| case | corpus | simulator | why | settled by |\n|---|---|---|---|---|\n';
const ROW = '| some-001, some-002 | deny | allow | kinds | <https://example.com/a> |\n';
const differ = (id, corpus = 'deny', simulator = 'allow') => ({id, corpus, simulator});

// a table that says what is
assert.deepEqual(table(HEAD + ROW), [differ('some-001'), differ('some-002')]);
assert.deepEqual(problems([differ('some-001'), differ('some-002')], table(HEAD + ROW)), []);
// a disagreement that is not listed, a line that no longer disagrees, one that disagrees otherwise
assert.deepEqual(problems([differ('some-003')], []), ['not in the table: some-003: corpus deny, simulator allow']);
assert.deepEqual(problems([], [differ('some-003')]), ['in the table, but does not disagree so: some-003: corpus deny, simulator allow']);
assert.equal(problems([differ('some-003', 'allow', 'deny')], [differ('some-003')]).length, 2);
assert.deepEqual(problems([differ('a-1')], [differ('a-1'), differ('a-1')]), ['twice in the table: a-1: corpus deny, simulator allow']);
// a line without a source
assert.throws(() => table(`${HEAD}| some-001 | deny | allow | kinds | |\n`), /no reason or source/);

// keys
const own = ownKeys('MULTIVALUED =\n Set.of(\n "aws:tagkeys");\n KeyNames.of("aws:userid", "aws:requesttag/*"); key.startsWith("aws:")');
assert.deepEqual([...own.all], ['aws:tagkeys', 'aws:userid', 'aws:requesttag/*']);
assert.equal(spelled('aws:RequestTag/${TagKey}'), 'aws:requesttag/*');
assert.deepEqual(keyProblems(own, [{key: 'aws:tagkeys', multivalued: true}, {key: 'aws:requesttag/*', multivalued: false}]), []);
assert.deepEqual(keyProblems(own, [{key: 'aws:new', multivalued: false}]), ['GlobalKeys lacks aws:new']);
assert.equal(keyProblems(own, [{key: 'aws:userid', multivalued: true}, {key: 'aws:tagkeys', multivalued: false}]).length, 2);
