package io.github.eksidentity.core.facts;

/// A permissions policy, inline or managed.
///
/// @param name the inline policy's name or the managed policy's ARN
/// @param document its text, URL-decoded; of a managed policy the default version
public record PolicyDocument(String name, String document) {}
