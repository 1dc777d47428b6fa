/// SlackFunction: what the topic says, posted to an incoming webhook of Slack.
@NullMarked
package io.github.eksidentity.slack;

import org.jspecify.annotations.NullMarked;
