/** Reads the Kubernetes API of clusters: service accounts, pods, webhook configurations, RBAC. */
@NullMarked
package io.github.eksidentity.kubernetes;

import org.jspecify.annotations.NullMarked;
