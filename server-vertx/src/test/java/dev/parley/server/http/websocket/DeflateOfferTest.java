package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7692, section 7.1: which offers are accepted, and with what. */
class DeflateOfferTest {
    private static final String AGREED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"permessage-deflate | ",
            "permessage-deflate; client_max_window_bits | ", "Permessage-Deflate;Client_Max_Window_Bits=9 | ",
            "permessage-deflate; client_max_window_bits=8 | ",
            "permessage-deflate; client_max_window_bits=\"15\" | ",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover | ",
            "permessage-deflate; server_max_window_bits=15 | ; server_max_window_bits=15",
            "permessage-deflate ; server_max_window_bits = \"15\" | ; server_max_window_bits=15",
            // The first that can be accepted, of several.
            "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits=10 | ",
            "permessage-deflate; server_max_window_bits=10, permessage-deflate | ",
            "permessage-deflate; server_max_window_bits=10; client_max_window_bits, permessage-deflate; client_max_window_bits | ",
            "permessage-deflate, permessage-deflate; server_max_window_bits=15 | ",
            "foo; bar=\"a, permessage-deflate; x\", permessage-deflate | ", ", ,permessage-deflate, | "})
    void accepts(String offers, String addition) {
        assertThat(DeflateOffer.agree(offers)).contains(AGREED + (addition == null ? "" : addition));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"x-webkit-deflate-frame", "permessage-bzip2",
            "permessage-deflate; whatever", "permessage-deflate;", "permessage-deflate; =1",
            // A window of the server that is smaller than its own, or none.
            "permessage-deflate; server_max_window_bits=10", "permessage-deflate; server_max_window_bits=8",
            "permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=",
            "permessage-deflate; server_max_window_bits=16",
            // Values that are none.
            "permessage-deflate; client_max_window_bits=7", "permessage-deflate; client_max_window_bits=16",
            "permessage-deflate; client_max_window_bits=08", "permessage-deflate; client_max_window_bits=",
            "permessage-deflate; client_max_window_bits=\"\"", "permessage-deflate; client_max_window_bits=x",
            "permessage-deflate; client_max_window_bits=+9",
            "permessage-deflate; client_max_window_bits=9999999999",
            "permessage-deflate; server_no_context_takeover=1",
            "permessage-deflate; client_no_context_takeover=true",
            // The same twice.
            "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
            "foo; bar=\"a, permessage-deflate", "foo; permessage-deflate"})
    void declines(String offers) {
        assertThat(DeflateOffer.agree(offers)).isEmpty();
    }

    @Test
    void declinesNothing() {
        assertThat(DeflateOffer.agree("")).isEmpty();
    }

    @Test
    void looksAtFewOffersOnly() {
        assertThat(DeflateOffer.agree("foo,".repeat(16) + "permessage-deflate")).isEmpty();
    }
}
