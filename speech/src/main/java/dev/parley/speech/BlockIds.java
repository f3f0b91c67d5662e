package dev.parley.speech;

import java.util.UUID;

/**
 * The ids of one stream's blocks. Like Nova Sonic's they are unique among all streams of all servers, since a browser that reconnects keeps
 * what it has been told under them.
 */
final class BlockIds {

    private final String stream = UUID.randomUUID().toString();

    /** Of what the user said. */
    String heard(int number) {
        return stream + "-u" + number;
    }

    /** Of a sentence, its text and its sound. */
    String spoken(int number) {
        return stream + "-s" + number;
    }
}
