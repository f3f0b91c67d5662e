/**
 * The objects that all namespaces and connections of one server share. State of a single namespace, socket or connection stays out.
 */
@NullMarked
package dev.parley.server.internal.context;

import org.jspecify.annotations.NullMarked;
