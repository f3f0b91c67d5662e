/**
 * A Spring Boot application with a Socket.IO server: news posted over HTTP is sent to all subscribers. Code that does not show
 * the two together stays out.
 */
@NullMarked
package dev.parley.examples.spring;

import org.jspecify.annotations.NullMarked;
