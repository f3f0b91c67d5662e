/**
 * Tools of others: servers that speak the Model Context Protocol, as processes of this machine or at an address. The only package that knows
 * the protocol's SDK; what a conversation does with a tool stays outside.
 */
@NullMarked
package dev.parley.app.mcp;

import org.jspecify.annotations.NullMarked;
