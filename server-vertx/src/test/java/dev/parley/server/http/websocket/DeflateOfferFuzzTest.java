package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a client offers, compression is agreed only if it offered it. */
class DeflateOfferFuzzTest {
    @FuzzTest
    void extensions(byte[] bytes) {
        String value = new String(bytes, StandardCharsets.ISO_8859_1);
        if (DeflateOffer.agree(value).isPresent()) {
            assertThat(value).containsIgnoringCase("permessage-deflate");
        }
    }
}
