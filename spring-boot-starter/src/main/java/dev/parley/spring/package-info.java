/**
 * The Socket.IO server inside a Spring Boot application: its properties, its beans and its lifecycle. Code that needs no Spring stays out.
 */
@NullMarked
package dev.parley.spring;

import org.jspecify.annotations.NullMarked;
