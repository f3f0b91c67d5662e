/**
 * The tools of servers that speak the Model Context Protocol, as local processes or over HTTP: the only package that knows the protocol's
 * SDK. How a conversation uses a tool stays outside.
 */
@NullMarked
package dev.parley.assistant.mcp;

import org.jspecify.annotations.NullMarked;
