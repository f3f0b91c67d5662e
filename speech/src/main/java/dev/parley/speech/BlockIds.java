package dev.parley.speech;

import java.util.UUID;

/**
 * Creates the ids of one stream's blocks. Like Nova Sonic's, they are unique among all streams of all servers, since a browser that
 * reconnects keeps earlier blocks under these ids.
 */
final class BlockIds {

    private final String stream = UUID.randomUUID().toString();

    /** Returns the id of a text that the user said. */
    String heard(int number) {
        return stream + "-u" + number;
    }

    /** Returns the id of a sentence, for its text and its sound. */
    String spoken(int number) {
        return stream + "-s" + number;
    }
}
