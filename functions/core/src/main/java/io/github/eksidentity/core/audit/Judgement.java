package io.github.eksidentity.core.audit;

/// What one rule said of one subject.
record Judgement(Rule rule, Resource resource, Verdict verdict) {}
