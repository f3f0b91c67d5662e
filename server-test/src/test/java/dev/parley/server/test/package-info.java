/** Tests of the in-memory clients, written as an application's tests are. */
@NullMarked
package dev.parley.server.test;

import org.jspecify.annotations.NullMarked;
