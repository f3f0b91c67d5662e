/**
 * A Spring Boot application with a Socket.IO server in it: what a newsroom posts over HTTP is heard by all who listen. Anything that has
 * nothing to do with the two together stays out.
 */
@NullMarked
package dev.parley.examples.spring;

import org.jspecify.annotations.NullMarked;
