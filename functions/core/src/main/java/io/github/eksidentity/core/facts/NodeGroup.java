package io.github.eksidentity.core.facts;

/// A managed node group of a cluster.
///
/// @param nodeRole ARN of the role of its nodes
/// @param status EKS's word, as `ACTIVE`
public record NodeGroup(String name, String nodeRole, String status) {}
