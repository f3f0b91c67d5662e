package dev.parley.assistant.weather;

import java.net.URI;
import tools.jackson.databind.JsonNode;

/** A service that responds to GET requests with JSON. Thread-safe. */
interface JsonSource {

    /** Returns the body of a successful response. Blocks until it arrives. */
    JsonNode get(URI address) throws Unavailable;

    /** Thrown if the service gave no usable response. The message gives the reason and contains no part of the request. */
    final class Unavailable extends Exception {
        Unavailable(String why) {
            super(why, null, false, false);
        }
    }
}
