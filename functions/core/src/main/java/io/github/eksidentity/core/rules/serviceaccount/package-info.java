/// Rules about service accounts, pods and what EKS adds to them.
@NullMarked
package io.github.eksidentity.core.rules.serviceaccount;

import org.jspecify.annotations.NullMarked;
