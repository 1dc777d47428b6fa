package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.index.Resource;

/// What one rule said of one subject.
record RuleVerdict(Rule rule, Resource resource, Verdict verdict) {}
