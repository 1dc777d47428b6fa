/// Where an audit's facts come from: a live account, a snapshot, clusters, settings.
@NullMarked
package io.github.eksidentity.cli.account;

import org.jspecify.annotations.NullMarked;
