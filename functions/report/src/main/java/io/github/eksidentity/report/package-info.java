/// Renders assessments: text for people at a terminal, JSON for programs, and changes as commands.
/// Pure: nothing here reads, writes or asks for the time.
@NullMarked
package io.github.eksidentity.report;

import org.jspecify.annotations.NullMarked;
