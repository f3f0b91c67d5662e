/** The limits of TCP connections: how many one client has, and how long they wait for a request. What requests say stays out. */
@NullMarked
package dev.parley.server.http.connection;

import org.jspecify.annotations.NullMarked;
