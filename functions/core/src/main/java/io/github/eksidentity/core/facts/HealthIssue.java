package io.github.eksidentity.core.facts;

/// A health issue that EKS reports of a cluster, an add-on or a node group.
///
/// @param code EKS's code, as `StsRegionalEndpointDisabled`
public record HealthIssue(String code, String message) {}
