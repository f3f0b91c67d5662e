/**
 * The contract of a tool that a model may call: its declaration, its context and how it is run, for the tools of Parley and of others. The
 * model's own view of a tool (declaration, call and result as text) is in {@code voice}; the tools themselves are in the packages beside this
 * one, and the threads and deadlines of their runs are those of the call.
 */
@NullMarked
package dev.parley.assistant.tool;

import org.jspecify.annotations.NullMarked;
