package dev.parley.assistant.weather;

import java.net.URI;
import tools.jackson.databind.JsonNode;

/** A service that responds to GET requests with JSON. Thread-safe. */
interface JsonSource {

    /** Returns the body of a successful response. Blocks until it is there. */
    JsonNode get(URI address) throws Unavailable;

    /** Thrown if the service gave no usable response. The message says why, and holds nothing of the request. */
    final class Unavailable extends Exception {
        Unavailable(String why) {
            super(why, null, false, false);
        }
    }
}
